import type { Explanation } from '../lab.ts';
import { explainObject } from './explain-objects.ts';
import { machineTitle, withOwner } from './names.ts';
import { servedBy } from './outcome.ts';
import { chanceOf, chanceWords, drawWords, markWords, ruleBody, ruleComment, ruleWords } from './rule-words.ts';
import { hopsOf, isThrough, type State } from './state.ts';
import { tcpdumpNow } from './tcpdump.ts';
import { conntrackNow, deviceName, passageOf, shownHops, visitOf } from './way.ts';
import { callTitle, outcomeInWords, stepWords } from './words.ts';

/** `kind:rest`: what a subject is, and which. */
function partsOf(subject: string): readonly [kind: string, key: string] {
  const [kind = ''] = subject.split(':', 1);
  return [kind, subject.slice(kind.length + 1)];
}

/** "Why?" for everything that picture, tables and log name. */
export function explain(state: State, subject: string): Explanation | undefined {
  const [kind, key] = partsOf(subject);
  switch (kind) {
    case 'step':
      return whyStep(state, key);
    case 'rule':
      return whyRule(state, key);
    case 'chain':
      return whyChain(state, key);
    case 'device':
      return whyDevice(state, key);
    case 'conntrack':
      return whyConntrack(state, Number(key));
    case 'packet':
      return whyPacket(state, Number(key));
    case 'watched':
      return whyWatched(state, Number(key));
    case 'call':
      return whyCall(state);
    case 'outcome':
      return whyOutcome(state);
    default:
      return explainObject(state, kind, key);
  }
}

const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/u.test(capital) ? capital : `${capital}.`;
};

function whyStep(state: State, key: string): Explanation | undefined {
  const [number, index] = key.split(':').map(Number);
  const { sending } = state;
  if (number === undefined || index === undefined) return undefined;
  if (number !== sending.number) return whyPast(state, number, index);
  const step = sending.steps[index];
  if (step === undefined || index >= sending.shown) return undefined;
  const { text, because } = stepWords(state, index);
  const cause = sending.entryOf[index];
  return {
    title: text,
    because: sentence(because),
    steps: [...changedWords(state, index), ...visitSteps(state, index), ...routeSteps(state, index)].map(sentence),
    ...(cause !== undefined && { cause }),
  };
}

/** A step of an earlier packet: what the log still knows of it. */
function whyPast(state: State, number: number, index: number): Explanation | undefined {
  const subject = `step:${number}:${index}`;
  const entry = state.entries.find((known) => known.subject === subject);
  return (
    entry && {
      title: entry.text,
      because: sentence(entry.because ?? 'It belongs to an earlier packet'),
      steps: ['This was an earlier packet of the run.'],
      cause: entry.id,
    }
  );
}

function changedWords({ sending, outlook }: State, index: number): readonly string[] {
  const { before, after, frame, mark } = passageOf(sending, index);
  if (!after) return before ? [`It was ${before.src} → ${before.dst}, TTL ${before.ttl}, ${before.len} bytes`] : [];
  const changes = [
    ...(before && before.src !== after.src ? [`source: ${before.src} becomes ${withOwner(outlook, after.src)}`] : []),
    ...(before && before.dst !== after.dst ? [`destination: ${before.dst} becomes ${withOwner(outlook, after.dst)}`] : []),
    ...(before && before.ttl !== after.ttl && !after.encapsulation ? [`TTL: ${before.ttl} becomes ${after.ttl}, since a router takes one`] : []),
    ...(before && before.len !== after.len ? [`size: ${before.len} bytes become ${after.len}`] : []),
  ];
  return [
    ...(changes.length > 0 ? changes : [`the packet is ${after.src} → ${after.dst}, TTL ${after.ttl}, ${after.len} bytes`]),
    ...(frame ? [`MACs: ${frame.smac} → ${frame.dmac}`] : []),
    ...(mark === undefined ? [] : [`mark ${markWords(mark)}`]),
  ];
}

function visitSteps({ sending, outlook }: State, index: number): readonly string[] {
  const step = sending.steps[index];
  const visit = step && visitOf(sending, step);
  if (!visit) return [];
  const tried = visit.tried ?? [];
  const matched = tried.filter((rule) => rule.matched);
  const chance = chanceOf(visit);
  const { tracking } = visit;
  const remembers =
    tracking?.isEntered === true
      ? [`From now on ${machineTitle(outlook, visit.where)} remembers this connection, and expects the answer ${tracking.entry?.replyExpected ?? ''}`]
      : [];
  return [
    ...(tried.length > 0 ? [`${tried.length} rules were looked at, ${matched.length} matched`] : []),
    ...tried.filter(({ draw }) => draw !== undefined).map((rule) => drawWords(rule, 'a rule')),
    ...(chance === undefined ? [] : [`So this backend comes up in ${chanceWords(chance)} of all new connections here`]),
    ...remembers,
  ];
}

function routeSteps({ sending }: State, index: number): readonly string[] {
  const step = sending.steps[index];
  const route = step && hopsOf(sending, step).find((hop) => hop.type === 'route');
  if (route?.type !== 'route') return [];
  return route.tried.map(
    ({ to, via, device, matched }) =>
      `${to}${via === undefined ? '' : ` via ${via}`} over ${device}: ${matched ? 'fits, and no longer prefix does' : 'does not fit'}`,
  );
}

/** `rule:<hop>:<place>`. */
function whyRule(state: State, key: string): Explanation | undefined {
  const [hopIndex = -1, place = -1] = key.split(':').map(Number);
  const hop = shownHops(state)[hopIndex];
  const rule = hop?.type === 'netfilter' ? hop.tried?.[place] : undefined;
  if (rule === undefined || hop?.type !== 'netfilter') return undefined;
  const comment = ruleComment(rule);
  const chance = rule.draw ? chanceOf(hop) : undefined;
  return {
    title: `${rule.matched ? 'Matched' : 'Passed over'}: ${rule.chain} ${ruleBody(rule)}`,
    because: sentence(ruleWords(rule)),
    steps: [
      `Table ${rule.table}, hook ${hop.hook} on ${machineTitle(state.outlook, hop.where)}.`,
      ...(comment === undefined ? [] : [`Its own comment: “${comment}”.`]),
      ...(chance === undefined ? [] : [`The backend that was chosen comes up in ${chanceWords(chance)} of all new connections here.`]),
      `In full: ${rule.text}`,
    ],
  };
}

const chainWords: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^KUBE-SERVICES$/u, 'The list of all Services: one rule for each address and port, then the jump to the node ports.'],
  [/^KUBE-NODEPORTS$/u, 'The list of all node ports, reached only by packets for an address of the node itself.'],
  [/^KUBE-SVC-/u, 'The endpoints of one port of a Service: one is chosen by chance.'],
  [/^KUBE-SVL-/u, 'The endpoints of one port of a Service that are on this node: for policy Local.'],
  [/^KUBE-EXT-/u, 'One port of a Service as seen from outside: it decides about masquerading before a backend is chosen.'],
  [/^KUBE-SEP-/u, 'One endpoint: here the destination is rewritten.'],
  [/^KUBE-MARK-MASQ$/u, 'Sets the mark by which POSTROUTING knows what to masquerade.'],
  [/^KUBE-POSTROUTING$/u, 'Masquerades what carries the mark, and lets everything else go.'],
  [/^KUBE-EXTERNAL-SERVICES$/u, 'What comes from outside for a Service without a backend here.'],
  [/^KUBE-FORWARD$/u, 'Lets pass what is marked or belongs to a known connection, and drops what conntrack cannot place.'],
  [/^KUBE-FIREWALL$/u, 'Keeps packets from outside away from 127.0.0.0/8.'],
  [/^KUBE-PROXY-FIREWALL$/u, 'Source ranges of load balancers.'],
  [/^FLANNEL-POSTRTG$/u, 'The pod network’s own masquerade: what leaves the pods’ addresses gets the node’s.'],
  [/^FLANNEL-FWD$/u, 'Lets pass what comes from or goes to pods.'],
  [/^KUBE-(POD-FW|NWPLCY|ROUTER)/u, 'Written for NetworkPolicies: what no policy allows is refused.'],
  [/^service-/u, 'One port of a Service: its endpoints stand in a map, and one is chosen by number.'],
  [/^services$/u, 'Finds the Service in a map: one look, however many Services there are.'],
];

/** `chain:<machine> <table> <chain>`. */
function whyChain(state: State, key: string): Explanation | undefined {
  const [machine = '', table = '', ...rest] = key.split(' ');
  const chain = rest.join(' ');
  const tried = shownHops(state).flatMap((hop) =>
    hop.type === 'netfilter' && hop.where === machine ? (hop.tried ?? []).filter((rule) => rule.table === table && rule.chain === chain) : [],
  );
  if (tried.length === 0) return undefined;
  const known = chainWords.find(([pattern]) => pattern.test(chain));
  return {
    title: `Chain ${chain}, table ${table}, on ${machineTitle(state.outlook, machine)}`,
    because: known?.[1] ?? 'A list of rules; the kernel tries them one after the other.',
    steps: tried.map((rule) => `${rule.matched ? '✓' : '–'} ${ruleBody(rule)}: ${ruleWords(rule)}`),
  };
}

function whyDevice(state: State, where: string): Explanation | undefined {
  const { machine, device: name } = deviceName(where);
  const device = state.outlook.machines[machine]?.devices.find((known) => known.name === name);
  if (device === undefined) return undefined;
  const lines = tcpdumpNow(state, where);
  const addresses = device.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(', ');
  return {
    title: `${name} of ${machineTitle(state.outlook, machine)}`,
    because: lines.length === 0 ? 'tcpdump has printed nothing here yet: the packet has not been on this device.' : 'What tcpdump -n has printed here by now:',
    steps: [
      ...lines,
      `MAC ${device.mac}, MTU ${device.mtuBytes}${addresses === '' ? ', no address' : `, address ${addresses}`}.`,
      ...(device.kind === 'bridge' ? ['Where you look matters: rules that run inside the bridge have already rewritten what shows up here.'] : []),
    ],
  };
}

function whyConntrack(state: State, index: number): Explanation | undefined {
  const kept = conntrackNow(state)[index];
  if (kept === undefined) return undefined;
  const { machine, entry } = kept;
  const [there, back] = [entry.original, entry.replyExpected];
  const turned = there.split(' -> ').reverse().join(' -> ');
  return {
    title: `${machineTitle(state.outlook, machine)} remembers ${entry.proto} ${there}`,
    because:
      turned === back
        ? 'The answer will have the same addresses, turned round: nothing was rewritten here.'
        : 'What was rewritten in the request will be undone in the answer, and later packets need no rule.',
    steps: [
      `The answer will be ${back}.`,
      `State: ${entry.state ?? 'none, the protocol has no connections'}${entry.flags ? ` (${entry.flags.join(', ')})` : ''}.`,
    ],
  };
}

function whyPacket(state: State, number: number): Explanation | undefined {
  const past = state.past.find((known) => known.number === number);
  if (past) return { title: past.title, because: `Outcome: ${past.outcome}.`, steps: past.sees === '' ? [] : [`${past.backend} saw ${past.sees}.`] };
  return number === state.sending.number ? whyOutcome(state) : undefined;
}

function whyWatched({ outlook }: State, index: number): Explanation | undefined {
  const watched = outlook.watched[index];
  if (watched === undefined) return undefined;
  const { title, outcome, backend, sees, callerAddress, isAnswered } = watched;
  const seen = sees === callerAddress ? 'the caller’s own address' : `${sees}, not the caller’s ${callerAddress}`;
  return { title, because: `This call is followed as well, with every change: ${outcome}.`, steps: isAnswered ? [`${backend} answers. It sees ${seen}.`] : [] };
}

function whyCall(state: State): Explanation {
  const { sending, outlook } = state;
  const { fromAddress, toAddress } = sending.resolved;
  return {
    title: callTitle(sending),
    because: `The packet starts as ${fromAddress} → ${toAddress}.`,
    steps: [`Who calls: ${withOwner(outlook, fromAddress)}.`, `Whom: ${withOwner(outlook, toAddress)}.`],
  };
}

function whyOutcome(state: State): Explanation {
  const { sending, outlook } = state;
  if (!isThrough(state)) return { title: 'The outcome', because: 'The packet is still under way.' };
  const { backend, sees } = servedBy(sending.followed);
  const last = stepWords(state, sending.shown - 1);
  const cause = sending.entryOf.at(-1);
  return {
    title: `${sending.resolved.fromTitle}: ${outcomeInWords(sending)}`,
    because: sentence(last.because),
    steps: [sentence(last.text), ...(backend === '' ? ['No server got the request.'] : [`${machineTitle(outlook, backend)} saw ${withOwner(outlook, sees)}.`])],
    ...(cause !== undefined && { cause }),
  };
}
