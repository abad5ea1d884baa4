import type { FollowedPacket } from '../engine/network/packet/hops.ts';
import type { KeptPacket } from './state.ts';

/** What nothing here asks for: descriptions of devices, and what can be seen from the rest. */
const dropped: ReadonlySet<string> = new Set(['role', 'conntrack']);

/** What a state keeps of a followed packet: every rule that was tried, and not once more those that matched. Fields without a value are left out. */
export function keptPacket(followed: FollowedPacket): KeptPacket {
  return JSON.parse(JSON.stringify(followed, (key, value: unknown) => (key === 'rules' ? [] : dropped.has(key) ? undefined : value))) as KeptPacket;
}
