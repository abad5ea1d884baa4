import { protocols, proxyModes } from './input.ts';
import type { Action, PodChange, ServiceField } from './state.ts';

const nameLengthMax = 300;
/** Data of one datagram or echo: what the largest frames take. */
export const dataBytesMax = 8972;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= nameLengthMax;
const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
/** A whole number, also as it was typed. */
function whole(value: unknown, min: number, max: number, action: (number: number) => Action): Action | undefined {
  const number = typeof value === 'string' && /^\d{1,5}$/u.test(value) ? Number(value) : value;
  return isWhole(number, min, max) ? action(number) : undefined;
}

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined => values.find((known) => known === value);

const podChanges: readonly PodChange[] = ['ready', 'not ready', 'deleted', 'listens', 'does not listen', 'hairpin on', 'hairpin off'];
const fields: readonly ServiceField[] = ['type', 'externalTrafficPolicy', 'internalTrafficPolicy', 'sessionAffinity', 'targetPort'];

/** Checks an action from a link or a file. */
export function readAction(value: unknown): Action | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case 'advance':
    case 'again':
      return { type: value.type };
    case 'hairpin':
    case 'bridgeNetfilter':
      return typeof value.on === 'boolean' ? { type: value.type, on: value.on } : undefined;
    case 'podMtu':
      return isWhole(value.bytes, 576, 9216) ? { type: 'podMtu', bytes: value.bytes } : undefined;
    case 'proxyMode': {
      const mode = oneOf(proxyModes, value.mode);
      return mode && { type: 'proxyMode', mode };
    }
    case 'podNetwork': {
      const by = oneOf(['host-gw', 'vxlan'], value.by);
      return by && { type: 'podNetwork', by };
    }
    default:
      return readCallAction(value) ?? readObjectAction(value);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readCallAction({ type, from, to, port, protocol: wanted, bytes, may }: Fields): Action | undefined {
  const protocol = oneOf(protocols, wanted);
  switch (type) {
    case 'from':
      return isName(from) ? { type, from } : undefined;
    case 'to':
      return isName(to) && isWhole(port, 1, 65_535) && protocol ? { type, to, port, protocol } : undefined;
    case 'port':
      return whole(port, 1, 65_535, (number) => ({ type, port: number }));
    case 'protocol':
      return protocol && { type, protocol };
    case 'size':
      return whole(bytes, 0, dataBytesMax, (number) => ({ type, bytes: number }));
    case 'fragments':
      return typeof may === 'boolean' ? { type, may } : undefined;
    default:
      return undefined;
  }
}

function readObjectAction(value: Fields): Action | undefined {
  const { type, service, pod, policy, node, host, to, via, on, runs, present } = value;
  switch (type) {
    case 'service': {
      const field = oneOf(fields, value.field);
      return isName(service) && field && isName(value.value) ? { type, service, field, value: value.value } : undefined;
    }
    case 'pod': {
      const change = oneOf(podChanges, value.change);
      return isName(pod) && change ? { type, pod, change } : undefined;
    }
    case 'policy':
      return isName(policy) && typeof on === 'boolean' ? { type, policy, on } : undefined;
    case 'proxy':
      return isName(node) && typeof runs === 'boolean' ? { type, node, runs } : undefined;
    case 'route':
      return isName(host) && isName(to) && isName(via) && typeof present === 'boolean' ? { type, host, to, via, present } : undefined;
    default:
      return undefined;
  }
}
