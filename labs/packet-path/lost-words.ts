import type { LostReason } from '../engine/network/packet/hops.ts';

/** Why a packet ends, as a sentence behind "because". */
export const lostWords: Readonly<Record<LostReason, string>> = {
  'no route': 'no route leads to the destination',
  'rule dropped': 'a rule drops it without a word: the caller waits until its time is up',
  'rule rejected': 'a rule rejects it and says so: an error goes back',
  'policy dropped': 'no rule accepted it, and the chain’s policy is DROP',
  'invalid conntrack': 'connection tracking knows no conversation that it belongs to, and a rule drops such packets',
  'hairpin off': 'a bridge sends no frame back through the port it came from, unless that port is in hairpin mode',
  'ttl exceeded': 'its TTL is used up',
  'too big': 'it is longer than the next network takes, and it must not be cut into pieces',
  'no neighbour': 'nobody there answers for the address of the next machine',
  'nobody listens': 'no program listens on that port',
  'not expected': 'the program asked somebody else: to it, this answer belongs to no conversation',
  'no cable': 'nothing is plugged in there',
  'no destination': 'the virtual server has no destination for it, and the machine refuses the connection',
  'left the cluster': 'it went out to the internet, where nobody has that address',
  'not forwarding': 'the machine does not pass on packets that are not its own',
  'not for this machine': 'its MAC address is of another machine, so this one does not take it',
  martian: 'its source is an address that only the machine itself may use',
  'tunnel loop': 'the tunnel leads into itself',
};

/** The same in a word or two, for labels. */
export const lostLabels: Readonly<Record<LostReason, string>> = {
  'no route': 'no route',
  'rule dropped': 'dropped',
  'rule rejected': 'rejected',
  'policy dropped': 'dropped',
  'invalid conntrack': 'dropped',
  'hairpin off': 'no hairpin',
  'ttl exceeded': 'TTL used up',
  'too big': 'too big',
  'no neighbour': 'nobody there',
  'nobody listens': 'nobody listens',
  'not expected': 'not expected',
  'no cable': 'no cable',
  'no destination': 'refused',
  'left the cluster': 'lost outside',
  'not forwarding': 'not passed on',
  'not for this machine': 'not taken',
  martian: 'not allowed',
  'tunnel loop': 'loop',
};
