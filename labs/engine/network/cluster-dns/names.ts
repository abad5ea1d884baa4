/** Lower case, with the final dot. */
export function absolute(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** The labels of a name, the root left out. */
function labelsOf(name: string): readonly string[] {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  return bare === '' ? [] : bare.split('.');
}

/** `name` is `zone` or below it; both absolute, case does not matter. */
export function isWithin(name: string, zone: string): boolean {
  const [lowerName, lowerZone] = [name.toLowerCase(), zone.toLowerCase()];
  return lowerZone === '.' || lowerName === lowerZone || lowerName.endsWith(`.${lowerZone}`);
}

/** Why a name cannot stand in a DNS message (RFC 1035 section 2.3.4); undefined: it can. */
export function whyNotEncodable(name: string): string | undefined {
  if (name === '.') return undefined;
  const labels = labelsOf(name);
  if (labels.some((label) => label === '')) return 'the name has an empty label (two dots in a row, or a dot at its start)';
  const long = labels.find((label) => label.length > 63);
  if (long !== undefined) return `the label "${long.slice(0, 12)}…" has ${String(long.length)} characters; 63 are allowed`;
  const bytes = labels.reduce((sum, label) => sum + label.length + 1, 1);
  return bytes > 255 ? `the name takes ${String(bytes)} bytes; 255 are allowed` : undefined;
}

/** A name below the cluster zone, taken apart as CoreDNS does it: from the right. */
export interface RecordRequest {
  /** Undefined: the zone itself, or `svc`/`pod` alone. */
  readonly kind: 'svc' | 'pod' | undefined;
  readonly namespace: string | undefined;
  /** The Service, or the dashed address of a pod. */
  readonly service: string | undefined;
  readonly endpoint: string | undefined;
  readonly port: string | undefined;
  readonly protocol: string | undefined;
}

export type ParsedRequest = { readonly ok: true; readonly request: RecordRequest } | { readonly ok: false; readonly because: string };

const nothing: RecordRequest = { kind: undefined, namespace: undefined, service: undefined, endpoint: undefined, port: undefined, protocol: undefined };

const withoutUnderscore = (label: string): string => (label.startsWith('_') ? label.slice(1) : label);

/**
 * Reads a name below the zone: `[endpoint | port.protocol].service.namespace.svc|pod`. Four labels before the namespace or more, or an end other
 * than svc and pod, are no such name. `name` in lower case; both absolute.
 * // Models plugin/kubernetes/parse.go
 */
export function parseRequest(name: string, zone: string): ParsedRequest {
  const labels = labelsOf(name.slice(0, name.length - zone.length));
  const kind = labels.at(-1);
  if (kind === undefined) return { ok: true, request: nothing };
  if (kind !== 'svc' && kind !== 'pod') {
    return { ok: false, because: `"${kind}" stands where only "svc" or "pod" can: every name in ${zone.slice(0, -1)} ends in one of the two` };
  }
  if (labels.length === 1) return { ok: true, request: nothing };
  const [namespace, service, first, second, ...more] = labels.slice(0, -1).reverse();
  if (more.length > 0) {
    return {
      ok: false,
      because: `the name is too long: before "${service ?? ''}.${namespace ?? ''}" CoreDNS reads one label (an endpoint) or two (port and protocol), here are ${String(labels.length - 3)}`,
    };
  }
  if (second === undefined) return { ok: true, request: { ...nothing, kind, namespace, service, endpoint: first } };
  return { ok: true, request: { kind, namespace, service, endpoint: undefined, port: withoutUnderscore(second), protocol: withoutUnderscore(first ?? '') } };
}
