import { entriesOf, matchingZone } from '../engine/network/cluster-dns/entries.ts';
import type { ServerContext } from '../engine/network/cluster-dns/backend.ts';
import { absolute, isWithin, parseRequest, whyNotEncodable, type RecordRequest } from '../engine/network/cluster-dns/names.ts';
import { clusterAddresses, isHeadless } from '../engine/network/cluster-dns/view.ts';
import { answerOf } from './answer.ts';
import { worldOf } from './cluster.ts';
import type { Query } from './input.ts';
import type { Situation } from './situation.ts';

/** Found, or where the reading of the name ended; labels left of that end are not looked at. */
export type Verdict = 'found' | 'missing' | 'not looked at';

/** A part of a name with the role in which the server reads it. */
export interface ReadLabel {
  readonly text: string;
  readonly role: string;
  readonly verdict: Verdict;
}

type Draft = readonly [text: string, role: string, isThere: boolean];

/** From the right: what stands behind the first missing part is not looked at. */
function judged(fromRight: readonly Draft[]): readonly ReadLabel[] {
  let ended = false;
  const read = fromRight.map(([text, role, isThere]): ReadLabel => {
    const verdict = ended ? 'not looked at' : isThere ? 'found' : 'missing';
    ended ||= !isThere;
    return { text, role, verdict };
  });
  return read.reverse();
}

/** The protocol exists among the Service’s ports, though the port may not. */
function hasProtocol({ index }: ServerContext, { service = '', namespace = '', protocol = '' }: RecordRequest): boolean {
  const found = index.serviceOf(service, namespace);
  if (found === undefined) return false;
  const ports = isHeadless(found) ? index.subsetsOf(found).flatMap((subset) => subset.ports) : (found.spec.ports ?? []);
  return ports.some((port) => protocol === '' || (port.protocol ?? 'TCP').toLowerCase() === protocol);
}

function serviceRole({ index }: ServerContext, { service = '', namespace = '' }: RecordRequest): string {
  const found = index.serviceOf(service, namespace);
  if (found === undefined) return 'Service';
  if (found.spec.type === 'ExternalName') return 'Service (ExternalName)';
  return clusterAddresses(found).length === 0 ? 'Service (headless)' : 'Service';
}

/** The labels left of the namespace, from the right. */
function innerLabels(context: ServerContext, request: RecordRequest, inner: readonly string[], exists: boolean): readonly Draft[] {
  const [first = '', second, third] = inner;
  if (request.kind === 'pod') {
    const ignored = [second, third].filter((label) => label !== undefined).map((label): Draft => [label, 'ignored', true]);
    return [[first, 'address, with dashes', exists], ...ignored];
  }
  const isThere = context.index.serviceOf(request.service ?? '', request.namespace ?? '') !== undefined;
  const service: Draft = [first, serviceRole(context, request), isThere && (second !== undefined || exists)];
  if (second === undefined) return [service];
  if (third === undefined) return [service, [second, 'endpoint', exists]];
  return [service, [second, 'protocol', exists || hasProtocol(context, request)], [third, 'port', exists]];
}

function clusterLabels(context: ServerContext, name: string, isAnswered: boolean): readonly ReadLabel[] {
  const { zone, index, settings } = context;
  const cut = name.length - zone.length;
  const lower = name.toLowerCase();
  const zoneLabel: Draft = [name.slice(cut), 'zone', true];
  const [tree, namespace, ...inner] =
    cut === 0
      ? []
      : name
          .slice(0, cut - 1)
          .split('.')
          .reverse();
  if (tree === undefined) return judged([zoneLabel]);
  // dns-version has a TXT record only; for other types the server reads it as any other name.
  if (isAnswered && (lower === `ns.dns.${zone}` || lower === `dns-version.${zone}`))
    return judged([zoneLabel, [name.slice(0, cut - 1), 'the DNS server itself', true]]);
  const parsed = parseRequest(lower, zone);
  const isTree = ['svc', 'pod'].includes(tree.toLowerCase());
  const treeLabel: Draft = [tree, isTree ? (tree.toLowerCase() === 'svc' ? 'Services' : 'pods') : 'neither svc nor pod', isTree];
  if (namespace === undefined) return judged([zoneLabel, treeLabel]);
  if (!parsed.ok) return judged([zoneLabel, treeLabel, [name.slice(0, cut - tree.length - 2), isTree ? 'too many labels' : '', false]]);
  const key = namespace.toLowerCase();
  const isServed = index.namespaces.has(key) && (settings.namespaces.length === 0 || settings.namespaces.includes(key));
  const namespaceLabel: Draft = [namespace, 'namespace', isServed];
  const left = inner.length === 0 ? [] : innerLabels(context, parsed.request, inner, entriesOf(context, lower).exists);
  return judged([zoneLabel, treeLabel, namespaceLabel, ...left]);
}

/**
 * A name as the server reads it: from the right, each label in its role, up to the first that is missing. `name` is absolute.
 * // Models plugin/kubernetes/parse.go, with the reasons of kubernetes.go
 */
function readLabels(context: ServerContext, name: string, isAnswered: boolean): readonly ReadLabel[] {
  if (whyNotEncodable(name) !== undefined) return [{ text: name, role: 'no name that can be asked for', verdict: 'missing' }];
  const zone = matchingZone(context, absolute(name));
  if (zone === undefined) return [{ text: name, role: 'outside the cluster, asked of the resolvers of the node', verdict: isAnswered ? 'found' : 'missing' }];
  if (isWithin(name, context.zone)) return clusterLabels(context, name, isAnswered);
  const zoneText = name.slice(name.length - zone.length);
  const rest = name.slice(0, name.length - zone.length);
  return judged([[zoneText, 'zone for addresses', true], ...(rest === '' ? [] : [[rest.slice(0, -1), 'address, backwards', isAnswered] as const])]);
}

/** The labels of a query in this situation. */
export function labelsOf(situation: Pick<Situation, 'cluster' | 'corefile'>, query: Pick<Query, 'name' | 'type'>): readonly ReadLabel[] {
  return readLabels(worldOf(situation).context, query.name, answerOf(situation, query).rcode === 'NOERROR');
}
