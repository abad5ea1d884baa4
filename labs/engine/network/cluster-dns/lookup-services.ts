import type { ResourceRecord } from '../resolver/types.ts';
import { parseAddress } from './address.ts';
import type { ServerContext } from './backend.ts';
import { entriesOf } from './entries.ts';
import type { PluginQuery, Section } from './entries.ts';

/**
 * SRV: one record for each port and target (the Service, or each endpoint of a headless one), with the addresses in the additional section. The weight
 * is 100 shared among all that matched. ExternalName Services have none.
 * // Models SRV in plugin/backend_lookup.go
 */
export function lookupServices(context: ServerContext, query: PluginQuery): Section {
  const found = entriesOf(context, query.name);
  if (!found.exists) return { ...found, records: [] };
  const internal = found.entries.filter(({ host }) => parseAddress(host) !== undefined);
  const weight = Math.max(1, Math.floor(100 / Math.max(1, internal.length)));
  const { ttlSeconds } = context.settings;
  const records = new Map<string, ResourceRecord>();
  const additional = new Map<string, ResourceRecord>();
  for (const { host, port, target } of internal) {
    const parsed = parseAddress(host);
    // Port -1 stands for a Service without ports: it has addresses, but no SRV record.
    if (parsed === undefined || port === -1) continue;
    const key = `${target} ${String(port)}`;
    if (!records.has(key)) records.set(key, { name: query.qname, type: 'SRV', ttlSeconds, data: `0 ${String(weight)} ${String(port)} ${target}` });
    const address = `${target} ${parsed.text}`;
    if (!additional.has(address)) additional.set(address, { name: target, type: parsed.family === 'IPv4' ? 'A' : 'AAAA', ttlSeconds, data: parsed.text });
  }
  const why = internal.length < found.entries.length ? 'an ExternalName has no SRV record' : 'it has no ports, so there is no SRV record';
  const because = records.size === 0 && found.entries.length > 0 ? `${found.because}; ${why}` : found.because;
  return { exists: true, records: [...records.values()], additional: [...additional.values()], rule: found.rule, because };
}
