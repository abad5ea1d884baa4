import { reverseName } from '../engine/network/cluster-dns/address.ts';
import type { QueryType } from '../engine/network/resolver/types.ts';
import type { Query } from './input.ts';

/** The query for a typed name. An address becomes the name of its PTR record, as with `dig -x`. */
export function queryOf(typed: string, type: QueryType): Query {
  const reverse = reverseName(typed);
  if (reverse !== undefined) return { name: reverse, type: 'PTR', typed };
  return { name: typed.endsWith('.') ? typed : `${typed}.`, type, typed };
}

/** Two queries ask the server the same: case does not matter there. */
export function isSameQuery(one: Query, other: Query): boolean {
  return one.type === other.type && one.name.toLowerCase() === other.name.toLowerCase();
}
