import type { NetfilterHop, Tracking } from '../engine/network/packet/hops.ts';
import { machineTitle } from './names.ts';
import { currentStep, type State } from './state.ts';
import { conntrackNow, visitOf } from './way.ts';

/** What connection tracking did in the hop that happened last: a word, and what it means for the packets that follow. */
export function memoryWords(state: State): { readonly word: string; readonly text: string } {
  const { outlook, sending } = state;
  const step = currentStep(state);
  const visit = step && visitOf(sending, step);
  if (visit?.tracking) return trackedWords(visit, visit.tracking, machineTitle(outlook, visit.where));
  const kept = [...new Set(conntrackNow(state).map(({ machine }) => machineTitle(outlook, machine)))];
  if (kept.length === 0) return { word: 'Not remembered.', text: 'No machine knows this connection yet.' };
  return { word: 'Remembered', text: `on ${kept.join(' and ')}: there later packets and the answer need no rule of table nat.` };
}

function trackedWords({ packet, after }: NetfilterHop, { state, entry, isNew, isEntered, direction }: Tracking, machine: string) {
  const known = `conntrack of ${machine} knows the connection`;
  if (isEntered)
    return {
      word: 'Remembered.',
      text: `${machine} now knows this connection: later packets skip the rules of table nat. It expects the answer ${entry?.replyExpected.replace(' -> ', ' → ') ?? ''}.`,
    };
  if (isNew) return { word: 'New.', text: `conntrack of ${machine} has never seen this connection. It is entered once the packet is through.` };
  if (state === 'INVALID') return { word: 'Invalid.', text: `conntrack of ${machine} knows no connection that this packet could belong to.` };
  if (state === 'NEW' && direction === 'original')
    return { word: 'Not yet remembered.', text: `The connection is new until its first packet leaves ${machine}.` };
  return after && (after.src !== packet.src || after.dst !== packet.dst)
    ? { word: 'Looked up.', text: `${known}, and turns back for the answer what it changed for the request. No rule is asked.` }
    : { word: 'Looked up.', text: `${known} (${state}): the rules of table nat are not asked.` };
}

/** Mark of the packet before and behind the hop that happened last; it lasts as long as the packet stays in one machine. */
export function marksNow({ sending }: State): { readonly before: number; readonly after: number } {
  const step = sending.steps[sending.shown - 1];
  let [before, after] = [0, 0];
  for (const [index, hop] of sending.followed.hops.slice(0, step?.to ?? 0).entries()) {
    if (index === step?.from) before = after;
    if (hop.type === 'netfilter') after = hop.tried?.findLast(({ mark }) => mark !== undefined)?.mark?.after ?? after;
    else if (hop.type === 'packet') after = 0;
  }
  return { before, after };
}
