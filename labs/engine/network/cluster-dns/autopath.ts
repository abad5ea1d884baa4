import type { ResourceRecord } from '../resolver/types.ts';
import type { ServerContext } from './backend.ts';
import type { PluginQuery } from './entries.ts';
import { isWithin } from './names.ts';
import { parseAddress } from './address.ts';
import type { Reply } from './reply.ts';

/** The search list that CoreDNS assumes for a client: from its pod's namespace; undefined: it assumes none. */
function assumedSearches({ settings, index, zone }: ServerContext, clientAddress: string | undefined): readonly string[] | undefined {
  if (!settings.autopath || settings.pods !== 'verified' || clientAddress === undefined) return undefined;
  const address = parseAddress(clientAddress)?.text ?? clientAddress;
  const pod = index.podsAt(address).find(({ status }) => status?.phase === undefined || status.phase === 'Running');
  if (pod === undefined) return undefined;
  const namespace = pod.metadata.namespace ?? 'default';
  return [`${namespace}.svc.${zone}`, `svc.${zone}`, zone, ...settings.hostSearches.map((domain) => (domain.endsWith('.') ? domain : `${domain}.`)), ''];
}

function withAlias(reply: Reply, original: string): readonly ResourceRecord[] {
  const first = reply.answer.find((record) => record.name.toLowerCase() !== original.toLowerCase());
  if (first === undefined) return reply.answer;
  return [{ name: original, type: 'CNAME', ttlSeconds: first.ttlSeconds, data: first.name }, ...reply.answer];
}

/**
 * With `autopath @kubernetes` and `pods verified`, a question inside the first search domain that CoreDNS computes for the client's namespace is walked
 * through the whole search list on the server; the first answer other than NXDOMAIN comes back behind a CNAME. Undefined: autopath does not apply.
 * // Models plugin/autopath and plugin/kubernetes/autopath.go
 */
export function autopathReply(
  context: ServerContext,
  query: PluginQuery,
  clientAddress: string | undefined,
  serve: (query: PluginQuery) => Reply,
): Reply | undefined {
  const searches = assumedSearches(context, clientAddress);
  const [first] = searches ?? [];
  if (searches === undefined || first === undefined || query.name === first || !isWithin(query.name, first)) return undefined;
  const base = query.qname.slice(0, query.qname.length - first.length);
  let firstReply: Reply | undefined;
  let waitMs = 0;
  for (const search of searches) {
    const qname = `${base}${search}`;
    const reply = serve({ qname, name: qname.toLowerCase(), qtype: query.qtype });
    waitMs += reply.waitMs;
    firstReply ??= reply;
    // A resolver that says SERVFAIL has answered; one that never answers has not, and the next domain is tried.
    if (reply.rcode === 'NXDOMAIN' || (reply.rcode === 'SERVFAIL' && reply.waitMs > 0)) continue;
    if (search === first) return { ...reply, waitMs };
    const because = `autopath: CoreDNS walked the search list of the client's namespace itself and found ${qname}: ${reply.because}`;
    return { ...reply, answer: withAlias(reply, query.qname), rule: 'autopath', because, waitMs };
  }
  if (firstReply === undefined) return undefined;
  return {
    ...firstReply,
    waitMs,
    because: `${firstReply.because}; autopath tried the rest of the search list too, in vain, and the client will walk it again`,
  };
}
