import type { Plain } from '../lab.ts';
import type { ReadObject } from '../reading/objects.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { parseCidr } from '../engine/network/kube-proxy/cidr.ts';

const choices: Readonly<Record<string, readonly string[]>> = {
  internalTrafficPolicy: ['Cluster', 'Local'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  sessionAffinity: ['ClientIP', 'None'],
  trafficDistribution: ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
};
/** One day. */
const affinitySecondsMax = 86_400;

const isRecord = (value: Plain | undefined): value is Readonly<Record<string, Plain>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const under = (value: Plain | undefined, ...path: readonly string[]): Plain | undefined =>
  path.reduce<Plain | undefined>((found, step) => (isRecord(found) && Object.hasOwn(found, step) ? found[step] : undefined), value);
const textOf = (value: Plain): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The fields of a Service that only kube-proxy and its hints read: policies, affinity, trafficDistribution, node ports, source ranges.
 * Models ValidateService in pkg/apis/core/validation.
 */
export function checkProxyFields({ value, name, positionOf }: ReadObject): ReadingError[] {
  const errors: ReadingError[] = [];
  const wrong = (path: readonly (string | number)[], message: string, expected: string): void => {
    const field = path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${String(step)}]` : `${text}${text && '.'}${step}`), '');
    errors.push({ ...positionOf(path), message: `${field}: ${message}`, expected, kubectl: `The Service "${name}" is invalid: ${field}: ${message}` });
  };
  const { spec } = value;
  for (const [field, allowed] of Object.entries(choices)) {
    const found = under(spec, field);
    if (found !== undefined && !(typeof found === 'string' && allowed.includes(found)))
      wrong(['spec', field], `Unsupported value: "${textOf(found)}": supported values: ${allowed.map((each) => `"${each}"`).join(', ')}`, allowed.join(' or '));
  }
  const type = under(spec, 'type') ?? 'ClusterIP';
  const isExternal = type === 'NodePort' || type === 'LoadBalancer' || under(spec, 'externalIPs') !== undefined;
  const policy = under(spec, 'externalTrafficPolicy');
  if (policy !== undefined && !isExternal)
    wrong(
      ['spec', 'externalTrafficPolicy'],
      `Invalid value: "${textOf(policy)}": may only be set for externally-accessible services`,
      'type NodePort or LoadBalancer, or no externalTrafficPolicy',
    );
  if (under(spec, 'sessionAffinityConfig') !== undefined && under(spec, 'sessionAffinity') !== 'ClientIP')
    wrong(
      ['spec', 'sessionAffinityConfig'],
      'Forbidden: must not be set when session affinity is None',
      'sessionAffinity: ClientIP, or no sessionAffinityConfig',
    );
  const seconds = under(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  if (seconds !== undefined && !(typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0 && seconds <= affinitySecondsMax))
    wrong(
      ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'],
      `Invalid value: ${textOf(seconds)}: must be greater than 0 and less than ${String(affinitySecondsMax)}`,
      'seconds, at most a day',
    );
  checkLists(spec, wrong);
  return errors;
}

function checkLists(spec: Plain | undefined, wrong: (path: readonly (string | number)[], message: string, expected: string) => void): void {
  const items = (field: string): readonly Plain[] => {
    const found = under(spec, field);
    if (found === undefined) return [];
    if (Array.isArray(found)) return found as readonly Plain[];
    wrong(['spec', field], `Invalid value: ${textOf(found)}: this is no list`, 'a list');
    return [];
  };
  for (const [index, port] of items('ports').entries()) {
    const number = under(port, 'nodePort');
    if (typeof number === 'number' && number !== 0 && (number < 30_000 || number > 32_767))
      wrong(
        ['spec', 'ports', index, 'nodePort'],
        `Invalid value: ${String(number)}: provided port is not in the valid range. The range of valid ports is 30000-32767`,
        'a port from 30000 to 32767, or none: then the API server chooses',
      );
  }
  for (const [index, range] of items('loadBalancerSourceRanges').entries()) {
    if (parseCidr(textOf(range)) === undefined)
      wrong(['spec', 'loadBalancerSourceRanges', index], `Invalid value: "${textOf(range)}": must be a valid CIDR value`, 'a block such as 198.51.100.0/24');
  }
}
