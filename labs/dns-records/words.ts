import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import type { ResourceRecord } from '../engine/network/resolver/types.ts';

/** The data of records of one type in a line: `10.244.1.6, 10.244.1.7`, or `port 5432 on db-0.…, db-1.…`. */
export function dataInWords(records: readonly Pick<ResourceRecord, 'type' | 'data'>[], targetOf = (target: string): string => target): string {
  const ports = new Map<string, string[]>();
  for (const { type, data } of records) {
    const [, , port = '', target = ''] = data.split(' ');
    const key = type === 'SRV' ? `port ${port} on ` : '';
    ports.set(key, [...(ports.get(key) ?? []), key === '' ? data : targetOf(target)]);
  }
  return [...ports].map(([port, data]) => `${port}${[...new Set(data)].join(', ')}`).join('; ');
}

/** A reason as a sentence. It may begin with the name of an object, which keeps its small letter. */
export function sentence(reason: string): string {
  return /^(?:the|there|no|this|its|it|pod|pods|namespace|below|only|a) /u.test(reason) ? `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` : `${reason}.`;
}

/** `Service data/db`, as the tables name an object. */
export function objectInWords({ kind, namespace, name }: ListedRecord['from']): string {
  return `${kind === 'EndpointSlice' ? 'EndpointSlice of' : kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** `1 pod`, `2 pods`. */
export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
