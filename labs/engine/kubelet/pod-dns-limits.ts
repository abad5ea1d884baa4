import type { Draft, DroppedEntry, ResolvEntry } from './resolv-entries.ts';

/** Most name servers a pod's file gets: C libraries read no more. */
const nameserversMax = 3;
/** Most search domains of a pod. */
const searchesMax = 32;
/** Most characters of the search list, blanks included. */
const searchListCharactersMax = 2048;
/** Longest single domain. */
const domainCharactersMax = 253;

/** UTF-8 bytes of a text: the kubelet counts bytes. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const joined = (entries: readonly ResolvEntry[]): string => entries.map((entry) => entry.text).join(' ');

function fitServers(draft: Draft): Draft {
  if (draft.servers.length <= nameserversMax) return draft;
  const servers = draft.servers.slice(0, nameserversMax);
  const event = `Warning DNSConfigForming Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: ${joined(servers)}`;
  const dropped = draft.servers.slice(nameserversMax).map((entry): DroppedEntry => ({
    ...entry,
    keyword: 'nameserver',
    because: `only ${String(nameserversMax)} name servers fit; the rest is cut from the end`,
  }));
  return { ...draft, servers, events: [...draft.events, event], dropped: [...draft.dropped, ...dropped] };
}

function fitSearches(draft: Draft): Draft {
  const dropped: DroppedEntry[] = [];
  const drop = (entries: readonly ResolvEntry[], because: string): void => {
    for (const entry of entries) dropped.push({ ...entry, keyword: 'search', because });
  };
  let searches = draft.searches.slice(0, searchesMax);
  drop(draft.searches.slice(searchesMax), `only ${String(searchesMax)} search domains are allowed; the rest is cut from the end`);
  const tooLong = searches.filter((entry) => bytesOf(entry.text) > domainCharactersMax);
  drop(tooLong, `a domain may have ${String(domainCharactersMax)} characters at most`);
  searches = searches.filter((entry) => !tooLong.includes(entry));
  while (searches.length > 0 && bytesOf(joined(searches)) > searchListCharactersMax) {
    drop(searches.slice(-1), `the search list may have ${String(searchListCharactersMax)} characters at most; it is cut from the end`);
    searches = searches.slice(0, -1);
  }
  if (dropped.length === 0) return draft;
  const event = `Warning DNSConfigForming Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${joined(searches)}`;
  return { ...draft, searches, events: [...draft.events, event], dropped: [...draft.dropped, ...dropped] };
}

/**
 * Cuts the lists to what the kubelet allows (3 servers, 32 domains, 2048 characters, 253 for one domain), each cut with an event and a reason.
 * // Models formDNSConfigFitsLimits in pkg/kubelet/network/dns/dns.go
 */
export function fitLimits(draft: Draft): Draft {
  return fitSearches(fitServers(draft));
}
