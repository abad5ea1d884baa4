import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, invalidValue, required, unsupported } from '../field-causes.ts';
import { has, numberAt, objectAt, objectsAt, optionalAt, textAt, textsAt } from '../read-fields.ts';
import { nonNegativeCauses, portOrNameCauses } from './number-causes.ts';

const portCauses = (action: JsonObject, path: string): readonly FieldCause[] => portOrNameCauses(`${path}.port`, fieldOf(action, 'port') ?? 0);

const headerName = /^[-A-Za-z0-9]+$/u;
const headerSentence =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

type HandlerRule = (action: JsonObject, path: string, graceSeconds: number) => readonly FieldCause[];

const handlerRules: Readonly<Record<string, HandlerRule>> = {
  exec: (action, path) => (textsAt(action, 'command').length === 0 ? [required(`${path}.command`)] : []),
  httpGet: (action, path) => {
    const scheme = textAt(action, 'scheme');
    const headers = objectsAt(action, 'httpHeaders').map((header) => textAt(header, 'name'));
    return [
      ...(textAt(action, 'path') === '' ? [required(`${path}.path`)] : []),
      ...portCauses(action, path),
      ...(scheme === 'HTTP' || scheme === 'HTTPS' ? [] : [unsupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS'])]),
      ...headers.filter((name) => !headerName.test(name)).map((name) => invalidValue(`${path}.httpHeaders`, name, headerSentence)),
    ];
  },
  tcpSocket: portCauses,
  grpc: portCauses,
  sleep: (action, path, graceSeconds) => {
    const seconds = numberAt(action, 'seconds') ?? 0;
    const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
    return seconds < 0 || seconds > graceSeconds ? [invalidValue(path, seconds, detail)] : [];
  },
};

/** What is wrong with the action of a probe or hook: exactly one is wanted. Models pkg/apis/core/validation validateHandler. */
function handlerCauses(handler: JsonObject, path: string, graceSeconds: number): readonly FieldCause[] {
  const [first, ...others] = Object.keys(handlerRules).filter((name) => has(handler, name));
  if (first === undefined) return [required(path, 'must specify a handler type')];
  return [
    ...(handlerRules[first]?.(objectAt(handler, first), `${path}.${first}`, graceSeconds) ?? []),
    ...others.map((name) => forbidden(`${path}.${name}`, 'may not specify more than 1 handler type')),
  ];
}

/** What is wrong with the hooks of a container. */
export function lifecycleCauses(container: JsonObject, path: string, graceSeconds: number): readonly FieldCause[] {
  const lifecycle = objectAt(container, 'lifecycle');
  return ['postStart', 'preStop'].flatMap((hook) => {
    const handler = optionalAt(lifecycle, hook);
    return handler === undefined ? [] : handlerCauses(handler, `${path}.lifecycle.${hook}`, graceSeconds);
  });
}

const probeNumbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

/** What is wrong with a container's probes: liveness, readiness, startup. */
export function probesCauses(container: JsonObject, path: string, graceSeconds: number): readonly FieldCause[] {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
    const probe = optionalAt(container, name);
    return probe === undefined ? [] : probeCauses(probe, { path: `${path}.${name}`, isReadiness: name === 'readinessProbe', graceSeconds });
  });
}

interface ProbePlace {
  readonly path: string;
  readonly isReadiness: boolean;
  readonly graceSeconds: number;
}

function probeCauses(probe: JsonObject, { path, isReadiness, graceSeconds }: ProbePlace): readonly FieldCause[] {
  const period = numberAt(probe, 'terminationGracePeriodSeconds');
  const success = numberAt(probe, 'successThreshold') ?? 0;
  const periodPath = `${path}.terminationGracePeriodSeconds`;
  return [
    ...handlerCauses(probe, path, graceSeconds),
    ...nonNegativeCauses(probe, path, probeNumbers),
    ...(period !== undefined && period <= 0 ? [invalidValue(periodPath, period, 'must be greater than 0')] : []),
    ...(isReadiness && period !== undefined ? [invalidValue(periodPath, period, 'must not be set for readinessProbes')] : []),
    ...(!isReadiness && success !== 1 ? [invalidValue(`${path}.successThreshold`, success, 'must be 1')] : []),
  ];
}
