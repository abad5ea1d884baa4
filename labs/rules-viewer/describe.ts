import type { Description, Table } from '../lab.ts';
import type { Route } from './routes.ts';
import { waysTo, type State } from './state.ts';
import { runsOn, seenOn } from './situation.ts';
import { conditionOf, isByHand, podAt, shownService } from './traffic.ts';
import { count, fraction, grouped, listed } from './words.ts';

/** Where a route ends, in words. */
export function routeWords({ refused, shares }: Route): string {
  if (refused === 'drop') return 'dropped';
  if (refused === 'reject') return 'rejected';
  if (refused === 'through') return 'no rule';
  const parts = [...new Set(Object.values(shares).map(fraction))];
  const number = Object.keys(shares).length;
  return number === 1
    ? '1 endpoint'
    : `${String(number)} endpoints, ${parts.length === 1 ? `each ${parts[0] ?? ''}` : listed(Object.values(shares).map(fraction))}`;
}

function headline(state: State): string {
  const service = shownService(state);
  if (service === undefined) return 'There is no Service, so kube-proxy has only its frame of chains.';
  const where = `On ${state.node}, ${seenOn(state, state.node).mode} mode${runsOn(state, state.node) ? '' : ', kube-proxy stopped'}`;
  const all = waysTo(state, state.shown);
  if (all.length === 0) return `${where}: nothing in the rules speaks of Service ${service.metadata.name}.`;
  const ways = all.map(({ clusterIP, port, nodePort, inside, outside }) => {
    const outer = outside === undefined ? '' : `; node port ${String(nodePort ?? 0)} from outside → ${routeWords(outside)}`;
    return `${clusterIP}:${String(port)} → ${routeWords(inside)}${outer}`;
  });
  return `${where}: ${ways.join('; ')}.`;
}

function endpointsTable(state: State): Table {
  const rows = waysTo(state, state.shown).flatMap(({ inside: { shares: inside }, outside: outer, known }) => {
    const outside = outer?.shares ?? {};
    const texts = [...new Set([...Object.keys(inside), ...Object.keys(outside), ...known])];
    return texts.map((endpoint) => {
      const found = podAt(state, endpoint);
      const part = (share: number | undefined): string => (share === undefined ? '–' : fraction(share));
      const pod = found?.pod.metadata.name ?? (isByHand(state, endpoint) ? 'written by hand' : 'no such pod');
      return {
        subject: `endpoint:${state.shown}|${endpoint}`,
        tone: found === undefined && !isByHand(state, endpoint) ? ('bad' as const) : ('plain' as const),
        cells: [
          endpoint,
          pod,
          found?.pod.spec.nodeName ?? '–',
          found === undefined ? '–' : conditionOf(found),
          part(inside[endpoint]),
          part(outside[endpoint]),
        ],
      };
    });
  });
  return {
    id: 'endpoints',
    caption: `Where the rules on ${state.node} send new connections to ${state.shown === '' ? 'a Service' : state.shown}`,
    columns: [
      { label: 'Endpoint', code: true },
      { label: 'Pod' },
      { label: 'Node' },
      { label: 'Condition' },
      { label: 'From pods' },
      { label: 'From outside' },
    ],
    rows,
    empty: 'The rules lead to no endpoint.',
  };
}

function sizeTable(state: State): Table {
  return {
    id: 'size',
    caption: 'The same objects in both modes',
    columns: [
      { label: 'Mode' },
      { label: 'Chains', numeric: true },
      { label: 'Rules', numeric: true },
      { label: 'Elements of maps and sets', numeric: true },
      { label: 'Rules a first packet meets, at worst', numeric: true },
      { label: 'Lookups', numeric: true },
    ],
    rows: state.outlook.sizes.map(({ mode, chains, rules, elements, route }) => ({
      subject: 'mode',
      cells: [mode, ...[chains, rules, elements, route.rules, route.lookups].map(grouped)],
    })),
  };
}

function nodesTable(state: State): Table {
  return {
    id: 'nodes',
    caption: 'Service by Service, node by node',
    columns: [{ label: 'Node' }, { label: 'kube-proxy' }, { label: 'Service port' }, { label: 'From its pods' }, { label: 'From outside to its node port' }],
    rows: state.outlook.ways.map(({ node, name, inside, outside }) => ({
      subject: `node:${node}`,
      cells: [node, runsOn(state, node) ? 'runs' : 'stopped', name, routeWords(inside), outside === undefined ? '–' : routeWords(outside)],
    })),
    empty: 'No Service has a cluster IP.',
  };
}

function rulesTable({ outlook, node, shown }: State): Table {
  const rows = outlook.blocks.flatMap((block) =>
    block.lines.map((line) => ({
      subject: `rule:${block.id}#${String(line.index)}`,
      cells: [block.table, block.name, line.text, line.words, line.share === undefined ? '–' : fraction(line.share)],
    })),
  );
  return {
    id: 'rules',
    caption: `Rules and elements on ${node} that speak of ${shown === '' ? 'a Service' : shown}, and what happens to marked packets`,
    columns: [{ label: 'Table' }, { label: 'Chain, map or set', code: true }, { label: 'Text', code: true }, { label: 'In words' }, { label: 'Share' }],
    rows,
    empty: 'There is none.',
  };
}

/** The state in words and tables. */
export function describe(state: State): Description {
  const { mode } = seenOn(state, state.node);
  const { changeWords: words, sizes } = state.outlook;
  const { chains = 0, rules = 0, elements = 0, route = { rules: 0, lookups: 0 } } = sizes.find((size) => size.mode === mode) ?? {};
  return {
    headline: headline(state),
    facts: [
      { label: 'Node', value: `${state.node}, kube-proxy ${runsOn(state, state.node) ? 'runs' : 'is stopped'}` },
      { label: 'Mode', value: mode },
      { label: 'Written', value: `${count(chains, 'chain')}, ${count(rules, 'rule')}${elements > 0 ? `, ${count(elements, 'element')}` : ''}` },
      ...(words === '' ? [] : [{ label: 'Last change', value: words }]),
      { label: 'A first packet meets at worst', value: `${count(route.rules, 'rule')}${route.lookups > 0 ? ` and ${count(route.lookups, 'lookup')}` : ''}` },
      ...(state.crowd.services > 0
        ? [{ label: 'More Services', value: `${grouped(state.crowd.services)} × ${count(state.crowd.endpoints, 'endpoint')}` }]
        : []),
    ],
    tables: [endpointsTable(state), sizeTable(state), nodesTable(state), rulesTable(state)],
  };
}
