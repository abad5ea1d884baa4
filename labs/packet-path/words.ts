import type { NetfilterHop, RouteHop, ShownPacket } from '../engine/network/packet/hops.ts';
import type { TriedRule } from '../engine/network/packet/rules.ts';
import type { Tone } from '../lab.ts';
import { lostLabels, lostWords } from './lost-words.ts';
import { chanceOf, chanceWords, drawWords, ruleComment } from './rule-words.ts';
import { addressOf, isOnDevice, machineTitle, macOwner, ownerOf, withOwner } from './names.ts';
import { hopsOf, type Outlook, type Sending, type State, type Step } from './state.ts';
import { balancedIn, passageOf, visitOf, type Passage } from './way.ts';
import { balancedWords } from './balanced-words.ts';
import type { StepWords } from './step-words.ts';

/** The subject of a step: `step:<number of the packet>:<index of the step>`. */
export function stepSubject(sending: number, index: number): string {
  return `step:${sending}:${index}`;
}

export { lostLabels, lostWords };

const opens: Readonly<Record<'tcp' | 'udp' | 'ping', string>> = { tcp: 'opens a TCP connection to', udp: 'sends a datagram to', ping: 'pings' };

/** `checkout opens a TCP connection to service cart (10.96.0.50:80)`. */
export function callTitle({ resolved: { call, fromTitle, toTitle, toAddress } }: Pick<Sending, 'resolved'>): string {
  const where = call.protocol === 'ping' ? toAddress : `${toAddress}:${call.port}`;
  return `${fromTitle} ${opens[call.protocol]} ${toTitle === toAddress ? where : `${toTitle} (${where})`}`;
}

interface Resulting {
  readonly followed: Pick<Sending['followed'], 'result'>;
}

/** What the program hears in the end. */
export function outcomeInWords({ followed: { result } }: Resulting): string {
  const { outcome } = result;
  if (outcome === 'ECONNREFUSED') return 'connection refused';
  if (outcome === 'ENETUNREACH') return 'network is unreachable';
  if (outcome === 'EHOSTUNREACH') return 'no route to host';
  if (outcome === 'EMSGSIZE') return 'message too long';
  if (outcome.startsWith('timeout')) return 'no answer: time-out';
  return outcome;
}

/** Whether the program got its answer. */
export function isAnswered({ followed: { result } }: Resulting): boolean {
  return /^(connected|answered)/u.test(result.outcome) || result.outcome.includes(' bytes from ');
}

/** Kind of packet in a word: `SYN`, `datagram`, `echo request`. */
export function packetKind(packet: ShownPacket): string {
  if (packet.icmp !== undefined) return `ICMP ${packet.icmp.replaceAll('-', ' ')}`;
  return packet.proto === 'tcp' ? (packet.flags ?? 'TCP') : packet.proto === 'udp' ? 'datagram' : 'packet';
}

export const addressPair = ({ src, dst }: ShownPacket): string => `${src} → ${dst}`;

/** The step in words. `index` counts the steps of the current packet from 0. */
export function stepWords(state: State, index: number): StepWords {
  const { sending, outlook } = state;
  const step = sending.steps[index];
  if (step === undefined) return { text: 'Nothing', because: 'the packet is through' };
  const passage = passageOf(sending, index);
  switch (step.kind) {
    case 'call':
      return callWords(state);
    case 'cable':
      return askingWords(state, step) ?? cableWords(outlook, step, passage);
    case 'rules': {
      const balanced = balancedIn(sending, step);
      const visit = visitOf(sending, step);
      if (balanced) return balancedWords(outlook, balanced);
      return visit ? visitWords(outlook, visit) : { text: 'Rules', because: 'none were asked' };
    }
    case 'route': {
      const route = sending.followed.hops.slice(step.from, step.to).find((hop) => hop.type === 'route');
      if (!route) return { text: 'Routes', because: 'none were asked' };
      const words = routeWords(outlook, route);
      return isAskedByBridge(state, step, route) ? { ...words, because: fromInsideTheBridge } : words;
    }
    case 'wrap':
    case 'unwrap':
      return tunnelWords(outlook, step, passage);
    case 'lost':
    case 'arrived':
      return endWords(state, step);
  }
}

const fromInsideTheBridge =
  'the bridge itself asks, after its rules have rewritten the destination: the way leads back over the same bridge, so the frame is only passed on, and no router takes anything off the TTL';

/** After a rewriting inside a bridge the kernel looks for the new way; where it leads back over the bridge, the frame never leaves it. Models br_nf_pre_routing_finish. */
function isAskedByBridge({ sending, outlook }: State, step: Step, { where, decision }: RouteHop): boolean {
  const before = sending.followed.hops[step.from - 1];
  const isAlone = step.to - step.from === 1;
  const isBridge = outlook.machines[where]?.devices.find(({ name }) => name === decision.device)?.kind === 'bridge';
  const isRewriting = before?.type === 'netfilter' && before.where === where && before.hook === 'PREROUTING';
  return isAlone && isBridge && isRewriting && before.in === decision.device;
}

const begins = { tcp: ', and this is a new connection', udp: ', from a port that is new as well', ping: '' } as const;

function callWords({ sending, outlook }: State): StepWords {
  const { call, toAddress, from } = sending.resolved;
  const text = callTitle(sending);
  if (from === '') return { text, because: 'nobody of that name is there: no packet is sent' };
  const owner = ownerOf(outlook, toAddress);
  const whose =
    owner?.startsWith('Service ') === true
      ? `${toAddress} is the address of ${owner}; ${isOnDevice(outlook, toAddress) ? 'every node has it on the device kube-ipvs0' : 'no network card has it'}`
      : `the packet is for ${withOwner(outlook, toAddress)}`;
  if (sending.steps.length === 1) return { text: `${text}: ${outcomeInWords(sending)}`, because: whyNotSent(sending) };
  return { text, because: `${whose}${begins[call.protocol]}` };
}

function whyNotSent({ followed }: Sending): string {
  if (followed.result.outcome.startsWith('EMSGSIZE') || followed.result.outcome.includes('too long'))
    return 'the packet is longer than the caller’s own network card takes, so it is not sent at all';
  return 'the caller has no route there, so nothing is sent';
}

/** A step in which only questions for a MAC address are on the wire. */
function askingWords({ sending, outlook }: State, step: Step): StepWords | undefined {
  const hops = hopsOf(sending, step);
  const asked = hops.find((hop) => hop.type === 'arp');
  if (asked?.type !== 'arp' || hops.some((hop) => hop.type === 'packet')) return undefined;
  const isAnswered = hops.some((hop) => hop.type === 'arp' && hop.arp.includes(' is at '));
  return {
    text: `${machineTitle(outlook, step.where)} asks on the cable: ${asked.arp}`,
    because: isAnswered
      ? 'it does not know the MAC address of the next machine yet'
      : 'it does not know the MAC address of the next machine, and nobody answers',
  };
}

function cableWords(outlook: Outlook, step: Step, { after, frame }: Passage): StepWords {
  const [from, into] = [machineTitle(outlook, step.where), machineTitle(outlook, step.into ?? step.where)];
  const what = after ? `${packetKind(after)} ${addressPair(after)}` : 'a question for a MAC address';
  const inner = after?.encapsulation?.inner;
  const carrying = inner ? `, and inside it ${addressPair(inner)}` : '';
  const owner = frame && macOwner(outlook, frame.dmac);
  const text = from === into ? `Inside ${from}: ${what}${carrying}` : `From ${from} to ${into}: ${what}${carrying}`;
  return { text, because: owner === undefined ? 'that is where the cable ends' : `the frame is addressed to the MAC of ${owner}` };
}

const legStations: Readonly<Record<string, string>> = { there: '', back: ' (answer)', error: ' (error)' };

/** What one visit of rules did. */
export function visitWords(outlook: Outlook, visit: NetfilterHop): StepWords {
  const { packet, after, hook, verdict } = visit;
  const place = `${hook} on ${machineTitle(outlook, visit.where)}${legStations[visit.leg] ?? ''}`;
  if (after === undefined) {
    const isReject = verdict === 'reject';
    return { text: `${place}: the packet is ${isReject ? 'rejected' : 'dropped'}`, because: whyDropped(visit) };
  }
  const changes = [
    ...(after.dst === packet.dst ? [] : [`destination ${packet.dst} becomes ${after.dst}`]),
    ...(after.src === packet.src ? [] : [`source ${packet.src} becomes ${after.src}`]),
  ];
  if (changes.length > 0) return { text: `${place}: ${changes.join(', ')}`, because: whyRewritten(visit) };
  const marked = visit.tried?.find(({ mark }) => mark !== undefined && mark.before !== mark.after && mark.after !== 0);
  if (marked) return { text: `${place}: marked, source and destination stay`, because: `a rule of ${marked.chain} marks it` };
  return { text: `${place}: nothing changes`, because: whyPassed(visit) };
}

function deciding(visit: NetfilterHop): TriedRule | undefined {
  return visit.tried?.findLast(({ matched }) => matched);
}

function whyDropped(visit: NetfilterHop): string {
  const rule = deciding(visit);
  if (rule === undefined || rule.verdict?.startsWith('POLICY') === true) return 'no rule accepts it, and the policy is DROP';
  const comment = ruleComment(rule);
  return `a rule of ${rule.chain}, table ${rule.table}, says so${comment === undefined ? '' : `: “${comment}”`}`;
}

/** The draw that led to a rewriting, as a clause. */
function drawn(visit: NetfilterHop): string {
  const chance = chanceOf(visit);
  const last = visit.tried?.findLast(({ draw }) => draw !== undefined);
  return chance === undefined || last === undefined ? '' : `; ${drawWords(last, last.matched ? 'its rule' : 'the rule before')}: ${chanceWords(chance)}`;
}

function whyRewritten(visit: NetfilterHop): string {
  const rules = (visit.tried ?? []).filter(({ rewrote }) => rewrote !== undefined);
  const rule = rules.at(-1);
  if (rule === undefined) {
    return visit.tracking?.direction === 'reply' || visit.leg !== 'there'
      ? 'conntrack remembers the connection and undoes for the answer what it did to the request; no rule is asked'
      : 'conntrack remembers the connection; no rule is asked again';
  }
  const what =
    rule.rewrote?.destination === undefined
      ? 'puts an address of this node in place of the sender’s (masquerade)'
      : 'puts a backend in place of the address that was called (DNAT)';
  return `a rule of ${rule.chain} ${what}${drawn(visit)}`;
}

function whyPassed(visit: NetfilterHop): string {
  const { tried = [], tracking } = visit;
  const rule = deciding(visit);
  if (tried.length === 0)
    return tracking?.state === 'ESTABLISHED' ? 'conntrack knows the connection: the nat rules are not asked again' : 'there is no rule here';
  if (rule?.verdict === 'ACCEPT') return `a rule of ${rule.chain} accepts it`;
  return `none of the ${tried.length} ${tried.length === 1 ? 'rule' : 'rules'} looked at rewrites or stops it`;
}

/** One routing decision. */
export function routeWords(outlook: Outlook, { where, destination, decision, tried, leg }: RouteHop): StepWords {
  const place = `Routing in ${machineTitle(outlook, where)}${legStations[leg] ?? ''}`;
  const whose = withOwner(outlook, destination);
  if (decision.kind === 'local') return { text: `${place}: ${whose} is here`, because: 'one of this machine’s own addresses is the destination' };
  if (decision.kind === 'none') return { text: `${place}: no way to ${whose}`, because: 'no route of the table fits, and there is no default route' };
  const won = tried.find(({ matched }) => matched);
  const isDirect = won?.via === undefined;
  const via = isDirect ? `directly over ${decision.device ?? ''}` : `to ${withOwner(outlook, won.via ?? '')} over ${decision.device ?? ''}`;
  return {
    text: `${place}: ${whose} goes ${via}`,
    because: won === undefined ? 'the kernel says so' : won.to === '0.0.0.0/0' ? 'only the default route fits' : `${won.to} is the longest prefix that fits`,
  };
}

function tunnelWords(outlook: Outlook, { kind, where }: Step, { before, after }: Passage): StepWords {
  const place = machineTitle(outlook, where);
  if (kind === 'unwrap') {
    return {
      text: `Out of the tunnel on ${place}: ${after ? addressPair(after) : 'the packet'}`,
      because: 'the VXLAN device takes the outer packet off; what was inside is as it was',
    };
  }
  const outer = after?.encapsulation ? `${addressOf(after.src)} → ${addressOf(after.dst)}` : 'another packet';
  const size = before && after ? `, ${before.len} bytes become ${after.len}` : '';
  return {
    text: `Into the tunnel on ${place}: a UDP packet ${outer} carries it${size}`,
    because: 'the route leads to the VXLAN device, which puts the whole frame into a packet from node to node',
  };
}

function endWords({ sending, outlook }: State, step: Step): StepWords {
  const hop = sending.followed.hops[step.to - 1];
  const place = machineTitle(outlook, step.where);
  if (hop?.type === 'lost') return { text: `The ${legNames[hop.leg]} ends at ${place}: ${lostLabels[hop.reason]}`, because: lostWords[hop.reason] };
  if (hop?.type !== 'arrived') return { text: `It ends at ${place}`, because: 'nothing more is known' };
  const { packet, program, leg } = hop;
  if (program === 'client') {
    const text = leg === 'error' ? `${place} hears of the error: ${outcomeInWords(sending)}` : `${place} has its answer from ${withOwner(outlook, packet.src)}`;
    return { text, because: leg === 'error' ? `the error is about the packet that it sent` : 'the addresses are those of its own connection, turned round' };
  }
  if (leg === 'error')
    return {
      text: `${place} hears of the error from ${withOwner(outlook, packet.src)}`,
      because: 'it belongs to the conversation that it had begun to answer',
    };
  const text = `${place} gets it: from ${withOwner(outlook, packet.src)}, TTL ${packet.ttl}`;
  return { text, because: program === 'kernel' ? 'the machine itself answers echoes' : `a program listens on ${packet.dst}` };
}

const legNames: Readonly<Record<Step['leg'], string>> = { there: 'packet', back: 'answer', error: 'error' };

/** Good where the program got what it wanted, bad where a packet ends. */
export function stepTone({ sending }: State, index: number): Tone {
  const step = sending.steps[index];
  if (step === undefined) return 'plain';
  const hop = sending.followed.hops[step.to - 1];
  if (step.kind === 'lost') return 'bad';
  if (step.kind === 'rules' && passageOf(sending, index).after === undefined) return 'bad';
  if (hop?.type === 'arrived' && step.kind === 'arrived') return hop.leg === 'error' ? 'bad' : 'good';
  return step.kind === 'call' && sending.steps.length === 1 ? 'bad' : 'plain';
}
