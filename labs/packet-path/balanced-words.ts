import type { IpvsHop } from '../engine/network/packet/hops.ts';
import { machineTitle } from './names.ts';
import type { Outlook } from './state.ts';
import type { StepWords } from './step-words.ts';

const reasons: Readonly<Record<IpvsHop['because'], string>> = {
  turn: 'it is this destination’s turn',
  persistence: 'the client keeps the destination it had (session affinity)',
  connection: 'the connection is known, and keeps its destination',
  reply: 'the answer of a known connection gets the virtual server’s address back',
  error: 'the error is about a known connection, and is translated as its packets are',
  'no destination': 'the virtual server has no destination: the machine refuses the connection',
};

/** What a virtual server of ipvs mode did with a packet. */
export function balancedWords(outlook: Outlook, { hook, where, leg, virtualServer, scheduler, packet, after, because }: IpvsHop): StepWords {
  const place = `${hook} on ${machineTitle(outlook, where)}${leg === 'there' ? '' : leg === 'back' ? ' (answer)' : ' (error)'}`;
  if (after === undefined) return { text: `${place}: the virtual server ${virtualServer} refuses the packet`, because: reasons[because] };
  const changes = [
    ...(after.dst === packet.dst ? [] : [`destination ${packet.dst} becomes ${after.dst}`]),
    ...(after.src === packet.src ? [] : [`source ${packet.src} becomes ${after.src}`]),
  ];
  return {
    text: `${place}: ${changes.join(', ') || 'nothing changes'}`,
    because: `the virtual server ${virtualServer} (scheduler ${scheduler}): ${reasons[because]}`,
  };
}
