import type { Check } from '../lab.ts';
import { calledService, machineTitle, withOwner } from './names.ts';
import { seenAddress, servedBy } from './outcome.ts';
import { podMtu } from './settings.ts';
import { isThrough, type State } from './state.ts';
import { haveVisited, shownHops } from './way.ts';
import { isAnswered, lostWords, outcomeInWords } from './words.ts';

const notYet: Check = { met: false, because: 'the packet is still under way' };

/** Judges a packet once it is through. */
function through(state: State, judge: () => Check): Check {
  return isThrough(state) ? judge() : notYet;
}

function answered(state: State): Check {
  return through(state, () => ({ met: isAnswered(state.sending), because: `the caller’s program heard: ${outcomeInWords(state.sending)}` }));
}

/** The node on which something of the topology is. */
function nodeOf({ outlook: { network } }: State, machine: string): string {
  return network.pods.find(({ namespace, name }) => `${namespace}/${name}` === machine)?.node ?? machine;
}

function backendOn(state: State, wanted: 'same' | 'other'): Check {
  return through(state, () => {
    const { backend } = servedBy(state.sending.followed);
    if (backend === '') return { met: false, because: 'no server got the request' };
    const isSame = nodeOf(state, backend) === nodeOf(state, state.sending.resolved.from);
    return { met: isSame === (wanted === 'same'), because: `${machineTitle(state.outlook, backend)} is on ${isSame ? 'the caller’s node' : 'another node'}` };
  });
}

/** Whether the server saw the caller’s own address. */
function saw(state: State, wantsCaller: boolean): Check {
  return through(state, () => {
    const seen = seenAddress(state.sending.followed);
    if (seen === '') return { met: false, because: 'no server got the request' };
    const isCaller = seen === state.sending.resolved.fromAddress;
    return { met: isCaller === wantsCaller, because: `the server saw ${withOwner(state.outlook, seen)}` };
  });
}

function lostBecause(state: State, reasons: readonly (keyof typeof lostWords)[]): Check {
  return through(state, () => {
    const lost = shownHops(state).find((hop) => hop.type === 'lost' && reasons.includes(hop.reason));
    return {
      met: lost !== undefined,
      because:
        lost?.type === 'lost'
          ? `at ${machineTitle(state.outlook, lost.where)} ${lostWords[lost.reason]}`
          : `the caller’s program heard: ${outcomeInWords(state.sending)}`,
    };
  });
}

/** The first rewriting of a destination comes before the machine’s first choice of a route. */
function rewrittenBeforeRouting(state: State): Check {
  return through(state, () => {
    const hops = shownHops(state);
    const rewriting = hops.findIndex((hop) => hop.type === 'netfilter' && hop.leg === 'there' && hop.after !== undefined && hop.after.dst !== hop.packet.dst);
    const hop = hops[rewriting];
    if (hop?.type !== 'netfilter') return { met: false, because: 'no destination was rewritten' };
    const routed = hops.findIndex((other) => other.type === 'route' && other.leg === 'there' && other.where === hop.where && other.for === 'forward');
    const isBefore = routed > rewriting;
    return {
      met: isBefore,
      because: isBefore
        ? `${machineTitle(state.outlook, hop.where)} rewrote the destination in ${hop.hook}, and only then chose a route`
        : 'a route was chosen first',
    };
  });
}

function tunnelled(state: State): Check {
  return through(state, () => {
    const isIn = shownHops(state).some((hop) => hop.type === 'packet' && hop.encapsulation !== undefined);
    return { met: isIn, because: isIn ? 'between the nodes it travelled inside a UDP packet' : 'no packet was put into another' };
  });
}

function visitsRouter(state: State, wanted: boolean): Check {
  return through(state, () => {
    const visited = haveVisited(state, 'router').length > 0;
    return {
      met: visited === wanted,
      because: visited ? 'the packet came by the router, the nodes’ default gateway' : 'the nodes’ default gateway never saw the packet',
    };
  });
}

const isCut = (state: State): boolean => shownHops(state).some((hop) => hop.type === 'packet' && hop.frag !== undefined);

/** A packet as long as pods may send arrives in one piece. */
function fullSize(state: State): Check {
  return through(state, () => {
    const mtu = podMtu(state.input.world.settings);
    const first = shownHops(state).find((hop) => hop.type === 'packet');
    const length = first?.type === 'packet' ? first.len : 0;
    if (!isAnswered(state.sending)) return { met: false, because: outcomeInWords(state.sending) };
    if (isCut(state)) return { met: false, because: 'it arrived, but cut into pieces on the way' };
    return { met: length === mtu, because: `a packet of ${length} bytes arrived in one piece, and pods may send ${mtu}` };
  });
}

function ttlAtServer(state: State, judge: (ttl: number) => boolean): Check {
  return through(state, () => {
    const hop = shownHops(state).find((known) => known.type === 'arrived' && known.leg === 'there');
    if (hop?.type !== 'arrived') return { met: false, because: 'no server got the request' };
    return { met: judge(hop.packet.ttl), because: `it arrived with TTL ${hop.packet.ttl}` };
  });
}

function allCalls(state: State, judge: (call: State['outlook']['watched'][number]) => boolean, words: readonly [good: string, bad: string]): Check {
  return through(state, () => {
    const wrong = state.outlook.watched.find((call) => !judge(call));
    return {
      met: wrong === undefined,
      because: wrong === undefined ? words[0] : `${wrong.title}: ${words[1]} (${wrong.outcome}${wrong.sees === '' ? '' : `, the server sees ${wrong.sees}`})`,
    };
  });
}

/** The last complete packets, this one included, went to one backend. */
function sameBackend(state: State, packets: number): Check {
  return through(state, () => {
    const now = state.outlook.titles[servedBy(state.sending.followed).backend]?.title ?? '';
    const all = [...state.past.filter(({ isComplete }) => isComplete).map(({ backend }) => backend), now].slice(-packets);
    if (all.length < packets) return { met: false, because: `${all.length} of ${packets} connections so far` };
    const isOne = now !== '' && all.every((backend) => backend === now);
    return { met: isOne, because: `the last ${packets} connections went to ${[...new Set(all)].join(' and ') || 'nobody'}` };
  });
}

function throughService(state: State): Check {
  const result = answered(state);
  const isService = calledService(state) !== undefined;
  return result.met && !isService ? { met: false, because: 'it was answered, but not through the Service' } : result;
}

/** The goals that scenarios may set. */
export const checks = {
  answered,
  'answered-through-service': throughService,
  'not-answered': (state: State) =>
    through(state, () => ({ met: !isAnswered(state.sending), because: `the caller’s program heard: ${outcomeInWords(state.sending)}` })),
  refused: (state: State) =>
    through(state, () => ({
      met: state.sending.followed.result.outcome === 'ECONNREFUSED',
      because: `the caller’s program heard: ${outcomeInWords(state.sending)}`,
    })),
  'timed-out': (state: State) =>
    through(state, () => ({
      met: /^timeout| 0 received, 100%/u.test(state.sending.followed.result.outcome),
      because: `the caller’s program heard: ${outcomeInWords(state.sending)}`,
    })),
  'near-backend': (state: State) => backendOn(state, 'same'),
  'far-backend': (state: State) => backendOn(state, 'other'),
  'sees-caller': (state: State) => saw(state, true),
  'sees-somebody-else': (state: State) => saw(state, false),
  'rewritten-before-routing': rewrittenBeforeRouting,
  tunnelled,
  'default-gateway-unvisited': (state: State) => visitsRouter(state, false),
  'default-gateway-visited': (state: State) => visitsRouter(state, true),
  'ttl-untouched': (state: State) => ttlAtServer(state, (ttl) => ttl === 64),
  'ttl-less': (state: State) => ttlAtServer(state, (ttl) => ttl < 64),
  'too-big': (state: State) =>
    through(state, () => ({
      met: /EMSGSIZE|too long|Frag needed/u.test(state.sending.followed.result.outcome),
      because: `the caller’s program heard: ${outcomeInWords(state.sending)}`,
    })),
  'full-size': fullSize,
  'lost-outside': (state: State) => lostBecause(state, ['left the cluster', 'ttl exceeded', 'no route']),
  'answer-unexpected': (state: State) => lostBecause(state, ['not expected']),
  'nobody-there': (state: State) => lostBecause(state, ['no neighbour']),
  'same-backend-three-times': (state: State) => sameBackend(state, 3),
  'others-answered': (state: State) => allCalls(state, (call) => call.isAnswered, ['all other calls are answered too', 'not answered']),
  'others-see-caller': (state: State) =>
    allCalls(state, (call) => call.isAnswered && call.sees === call.callerAddress, [
      'in all other calls the server sees the caller',
      'the server does not see the caller',
    ]),
  'others-refused': (state: State) => allCalls(state, (call) => !call.isAnswered, ['all other calls are still refused', 'answered']),
  'passes-unchanged': (state: State) =>
    through(state, () => {
      const changed = shownHops(state).some(
        (hop) => hop.type === 'netfilter' && hop.after !== undefined && (hop.after.src !== hop.packet.src || hop.after.dst !== hop.packet.dst),
      );
      return { met: !changed, because: changed ? 'an address was rewritten on the way' : 'no address was rewritten on the way' };
    }),
} satisfies Readonly<Record<string, (state: State) => Check>>;

export type CheckId = keyof typeof checks;
