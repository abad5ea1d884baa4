import type { Description, Table } from '../lab.ts';
import { extremes } from './checks.ts';
import { expectedLoss } from './expected.ts';
import { countOf, number, percent } from './log.ts';
import { sharesOf, testInWords, type Share } from './shares.ts';
import { choicesOf, connectionWord, counted, portOf, recentOf, totalOf, type How, type State } from './state.ts';
import { repeats } from './statistics.ts';

/** Which way the requests come, in a few words. */
export function wayIn({ input }: Pick<State, 'input'>): string {
  const { traffic } = input;
  const who = traffic.clients === 1 ? '1 client' : `${String(traffic.clients)} clients`;
  if (traffic.from === 'internet') return `${who} on the internet, through a load balancer to ${traffic.loadBalancer}`;
  return `${who} in ${traffic.clients === 1 ? 'a pod' : 'pods'} on ${listed(traffic.nodes)}`;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** How connections are used, in a few words. */
export function useOf(state: Pick<State, 'input'>): string {
  const { connectionsPerClient, requestsPerConnection } = state.input.traffic;
  const word = connectionWord(state);
  const beside = connectionsPerClient === 1 ? `one ${word} at a time` : `${String(connectionsPerClient)} ${word}s side by side`;
  if (requestsPerConnection === null) return `${beside}, never closed`;
  return requestsPerConnection === 1 ? `a new ${word} for each request` : `${beside}, closed after ${String(requestsPerConnection)} requests`;
}

function place({ pod, share, band, connections }: Share, state: State): string {
  if (!pod.isReady) return 'not ready: not in the rules';
  if (connections === 0 && share > 0) return `served over ${connectionWord(state)}s from before`;
  const choices = choicesOf(state);
  if (choices === 0) return 'nothing was chosen';
  if (state.proxy.startsWith('ipvs')) return 'scheduled, not drawn';
  if (band.low === band.high) return 'nothing left to chance';
  const own = Object.values(state.tally.choices).reduce((sum, byPod) => sum + (byPod[pod.name] ?? 0), 0) / choices;
  return own < band.low ? 'less than chance explains' : own > band.high ? 'more than chance explains' : 'within what chance does';
}

function podsTable(state: State, shares: readonly Share[]): Table {
  const hasBegun = counted(state) > 0;
  const word = connectionWord(state);
  return {
    id: 'pods',
    caption: hasBegun ? `Shares of ${countOf(counted(state), 'request')} since the last change` : 'The pods of the Service',
    columns: [
      { label: 'Pod' },
      { label: 'Node' },
      { label: 'Requests', numeric: true },
      { label: 'Share', numeric: true },
      { label: `New ${word}s`, numeric: true },
      { label: 'The rules give it', numeric: true },
      { label: '95 of 100 runs', numeric: true },
      { label: 'So it is' },
    ],
    rows: shares.map((share) => ({
      cells: [
        share.pod.name,
        share.pod.node,
        number(share.requests),
        hasBegun ? percent(share.share) : '',
        number(share.connections),
        hasBegun ? percent(share.expected) : '',
        hasBegun && choicesOf(state) > 0 && !state.proxy.startsWith('ipvs') ? `${percent(share.band.low)} to ${percent(share.band.high)}` : '',
        hasBegun ? place(share, state) : share.pod.isReady ? 'ready' : 'not ready',
      ],
      subject: `pod:${share.pod.name}`,
      tone: 'plain' as const,
    })),
    empty: 'There is no pod: every connection is refused or dropped.',
  };
}

const howWords: Readonly<Record<How, string>> = {
  chosen: 'new, chosen',
  remembered: 'new, client remembered',
  open: 'open already',
  refused: 'refused',
  dropped: 'dropped',
};

function recentTable(state: State): Table {
  const first = state.sent - recentOf(state).length;
  return {
    id: 'recent',
    caption: 'The last requests, one by one',
    columns: [{ label: 'Request', numeric: true }, { label: 'Pod' }, { label: connectionWord(state) === 'socket' ? 'Socket' : 'Connection' }],
    rows: recentOf(state).map(({ pod, how }, index) => ({
      cells: [number(first + index + 1 - state.tally.after), pod === '' ? '' : `${state.input.service.metadata.name}-${pod}`, howWords[how]],
      tone: how === 'refused' || how === 'dropped' ? ('bad' as const) : ('plain' as const),
    })),
    empty: 'Nothing has been sent yet.',
  };
}

function nodesTable(state: State): Table {
  const hasBegun = counted(state) > 0;
  return {
    id: 'nodes',
    caption: 'The nodes and what their rules can choose from',
    columns: [{ label: 'Node' }, { label: 'Zone' }, { label: 'Connections enter', numeric: true }, { label: 'Can go to' }],
    rows: state.input.cluster.nodes.map(({ name, zone }) => {
      const byPod = Object.entries(state.outlook.chances[name] ?? {});
      const lost = state.outlook.lost[name];
      const found = byPod.map(([pod, chance]) => `${pod} ${percent(chance)}`).join(', ');
      const words = byPod.length > 0 ? found : lost === 'dropped' ? 'nothing: dropped' : 'nothing: refused';
      return { cells: [name, zone, percent(state.outlook.entries[name] ?? 0), hasBegun ? words : ''], subject: `node:${name}` };
    }),
  };
}

/** Whether every node where connections enter chooses among the same pods alike: only then do choices one after the other tell something. */
function isOneChoice({ outlook }: State): boolean {
  const used = Object.entries(outlook.entries).flatMap(([node, share]) => (share > 0 ? [JSON.stringify(outlook.chances[node])] : []));
  return new Set(used).size === 1;
}

/** The choices among the last requests in words: random looks streaky, round robin does not. */
export function streaks(state: State): string {
  const chosen = recentOf(state)
    .filter(({ how }) => how === 'chosen')
    .map(({ pod }) => pod);
  const { same, of, longest } = repeats(chosen);
  if (of === 0) return chosen.length === 1 ? 'one choice among the last requests' : 'no choice among the last requests';
  const entering = Object.values(state.outlook.entries).filter((share) => share > 0).length;
  if (state.proxy.startsWith('ipvs') && entering > 1) return `${String(chosen.length)} choices: the nodes take turns, and each counts for itself`;
  if (!isOneChoice(state)) return `${String(chosen.length)} choices: the nodes take turns, and each chooses among pods of its own`;
  return `${String(same)} of ${String(of)} choices went where the one before went; longest streak ${String(longest)}`;
}

/** One sentence about what was observed. */
export function headlineOf(state: State): string {
  const done = counted(state);
  if (done === 0) return state.sent === 0 ? 'Nothing has been sent yet.' : 'Something has changed: counting begins anew.';
  const lost = state.tally.refused + state.tally.dropped;
  const opened = totalOf(state.tally.connections) + lost;
  const word = connectionWord(state);
  const over = opened === 0 ? `over ${word}s opened before` : `over ${countOf(opened, `new ${word}`)}`;
  if (lost === done) return `${countOf(done, 'request')} ${over}: ${done === 1 ? 'it was' : `all ${number(done)} were`} lost.`;
  const found = extremes(state);
  const shares =
    found === undefined ? 'no pod is ready' : state.pods.filter(({ isReady }) => isReady).length === 1 ? 'the one ready pod got all that arrived' : found.text;
  return `${countOf(done, 'request')} ${over}: ${shares}${lost > 0 ? `; ${countOf(lost, 'request')} lost` : ''}.`;
}

/** The state in words. */
export function describe(state: State): Description {
  const { tally, input } = state;
  const shares = sharesOf(state);
  const loss = expectedLoss(state.outlook);
  const { port, isUdp } = portOf(state);
  const fact = (label: string, value: string) => ({ label, value });
  const hasBegun = counted(state) > 0;
  return {
    headline: headlineOf(state),
    facts: [
      fact('Service', `${input.service.metadata.name}, port ${String(port)} ${isUdp ? 'UDP' : 'TCP'}`),
      fact('kube-proxy', state.proxy.startsWith('ipvs') ? `${state.proxy} (modelled from its documentation)` : state.proxy),
      fact('Who asks', wayIn(state)),
      fact(isUdp ? 'Sockets' : 'Connections', useOf(state)),
      ...(hasBegun ? [fact('Chance or not', testInWords(state)), fact('Last choices', streaks(state))] : []),
      ...(hasBegun && loss > 0 ? [fact('Lost', `the rules let ${percent(loss)} of new ${connectionWord(state)}s go nowhere`)] : []),
      ...(tally.switches > 0 && input.service.spec.sessionAffinity === 'ClientIP'
        ? [fact('Clients that changed their pod', countOf(tally.switches, 'time'))]
        : []),
      ...(tally.broken > 0 ? [fact('Ended by the change', countOf(tally.broken, connectionWord(state)))] : []),
    ],
    tables: [podsTable(state, shares), nodesTable(state), recentTable(state)],
  };
}
