import type { ResourceRecord } from '../resolver/types.ts';
import { parseAddress } from './address.ts';
import type { ServerContext } from './backend.ts';
import { entriesOf, matchingZone } from './entries.ts';
import type { PluginQuery, Section } from './entries.ts';
import { absolute, isWithin } from './names.ts';
import { forward } from './upstream.ts';

/** The longest chain of CNAMEs that CoreDNS puts together itself. */
const chainMax = 10;

function otherFamily(query: PluginQuery, because: string): string {
  const [wanted, other] = query.qtype === 'A' ? ['IPv4', 'AAAA'] : ['IPv6', 'A'];
  return `${because}; but it has no ${wanted} address, so the answer to ${query.qtype} is empty while ${other} gets one (NODATA, not NXDOMAIN)`;
}

function followAlias(context: ServerContext, query: PluginQuery, target: string, chain: readonly ResourceRecord[]): Section | undefined {
  const [qname, name] = [target.endsWith('.') ? target : `${target}.`, absolute(target)];
  // A name that points to itself, a name that was in the chain before, and the eleventh CNAME are left out.
  if (name === query.name || chain.length > chainMax || chain.some((record) => absolute(record.data) === name)) return undefined;
  const record: ResourceRecord = { name: query.qname, type: 'CNAME', ttlSeconds: context.settings.ttlSeconds, data: qname };
  if (isWithin(name, context.zone)) {
    const next = lookupAddresses(context, { qname, name, qtype: query.qtype }, [...chain, record]);
    const because =
      next.records.length === 0
        ? `its target ${qname} lies in the cluster zone and has no ${query.qtype} record: ${next.because}`
        : `its target ${qname} lies in the cluster zone: ${next.because}`;
    return { ...next, records: next.records.length === 0 ? [] : [record, ...next.records], because };
  }
  if (matchingZone(context, name) !== undefined)
    return { exists: true, records: [record], rule: 'ExternalName', because: `its target ${qname} is a reverse name` };
  const outside = forward(context.settings, qname, query.qtype);
  return {
    exists: true,
    records: [record, ...outside.records],
    rule: 'ExternalName',
    because: `CoreDNS looks the target up itself: ${outside.because}`,
    waitMs: outside.waitMs,
  };
}

/**
 * A and AAAA: the addresses behind a name, and for an ExternalName the CNAME with what its target leads to. A target that fails outside the zone
 * leaves the CNAME alone; one that fails inside leaves nothing. `chain` holds the CNAMEs that led here.
 * // Models A and AAAA in plugin/backend_lookup.go
 */
export function lookupAddresses(context: ServerContext, query: PluginQuery, chain: readonly ResourceRecord[] = []): Section {
  const found = entriesOf(context, query.name);
  if (!found.exists) return { ...found, records: [] };
  const records: ResourceRecord[] = [];
  const seen = new Set<string>();
  let because = found.because;
  let waitMs = 0;
  let addresses = 0;
  for (const { host } of found.entries) {
    const parsed = parseAddress(host);
    if (parsed === undefined) {
      const followed = followAlias(context, query, host, chain);
      because = followed === undefined ? `${because}; the chain leads back to itself or is too long, so it is left out` : `${because}; ${followed.because}`;
      records.push(...(followed?.records ?? []));
      waitMs += followed?.waitMs ?? 0;
      continue;
    }
    addresses += 1;
    if ((parsed.family === 'IPv4') !== (query.qtype === 'A') || seen.has(parsed.text)) continue;
    seen.add(parsed.text);
    records.push({ name: query.qname, type: parsed.family === 'IPv4' ? 'A' : 'AAAA', ttlSeconds: context.settings.ttlSeconds, data: parsed.text });
  }
  if (records.length === 0 && addresses > 0) because = otherFamily(query, because);
  return { exists: true, records, rule: found.rule, because, waitMs };
}
