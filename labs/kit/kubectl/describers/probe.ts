import type { JsonObject } from '../../../engine/patch/json.ts';
import { fieldAt, objectAt, textAt, textsAt } from '../field-at.ts';
import { goList } from './description.ts';

/** A probe in a line: what it does, then its numbers. Models kubectl pkg/describe DescribeProbe. */
export function probeText(probe: JsonObject): string {
  const number = (field: string): string => textAt(probe, field) || '0';
  const times = `delay=${number('initialDelaySeconds')}s timeout=${number('timeoutSeconds')}s period=${number('periodSeconds')}s`;
  const counts = `#success=${number('successThreshold')} #failure=${number('failureThreshold')}`;
  return `${actionText(probe)} ${times} ${counts}`;
}

function actionText(probe: JsonObject): string {
  if (fieldAt(probe, 'exec') !== undefined) return `exec ${goList(textsAt(probe, 'exec.command'))}`;
  if (fieldAt(probe, 'httpGet') !== undefined) {
    const { host, port, path, scheme } = objectAt(probe, 'httpGet');
    const text = (value: typeof host): string => textAt({ value: value ?? null }, 'value');
    const name = text(host).includes(':') ? `[${text(host)}]` : text(host);
    const url = encodeURI(text(path)).replaceAll('?', '%3F').replaceAll('#', '%23');
    return `http-get ${text(scheme).toLowerCase()}://${name}:${text(port)}${url === '' || url.startsWith('/') ? url : `/${url}`}`;
  }
  if (fieldAt(probe, 'tcpSocket') !== undefined) return `tcp-socket ${textAt(probe, 'tcpSocket.host')}:${textAt(probe, 'tcpSocket.port')}`;
  if (fieldAt(probe, 'grpc') !== undefined) return `grpc <pod>:${textAt(probe, 'grpc.port')} ${textAt(probe, 'grpc.service')}`;
  return 'unknown';
}
