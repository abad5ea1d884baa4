import { addressOf } from './names.ts';
import type { KeptPacket } from './state.ts';

/** Who got the request in the end, and whom it saw. Empty texts: nobody. */
export interface Served {
  /** Namespace of the topology of the server. */
  readonly backend: string;
  /** `address:port`, or the address of a ping. */
  readonly sees: string;
}

/** Where the request arrived, if it did. */
export function servedBy({ hops, result }: Pick<KeptPacket, 'hops' | 'result'>): Served {
  const arrived = hops.find((hop) => hop.type === 'arrived' && hop.leg === 'there');
  if (arrived?.type === 'arrived') return { backend: arrived.where, sees: arrived.packet.src };
  const [, backend = '', sees = ''] = /^backend=(\S*) sees=(\S*)/u.exec(result.reply ?? '') ?? [];
  return { backend, sees };
}

/** The address alone that the server saw. */
export function seenAddress(followed: KeptPacket): string {
  return addressOf(servedBy(followed).sees);
}
