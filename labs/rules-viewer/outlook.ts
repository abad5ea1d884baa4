import { decideEndpoints } from '../engine/network/endpoint-slices.ts';
import type { ProxiedPort } from '../engine/network/kube-proxy/service-map.ts';
import { changeOf, changeWords, placeOf, rulesOn } from './rules-on.ts';
import { keyOf, modes, type Mode } from './input.ts';
import { longestRoute, outsideProbe, podProbe, routeOf, type Route } from './routes.ts';
import { seenOn, type Situation } from './situation.ts';
import { selectedPods } from './traffic.ts';
import { without } from './without.ts';
import { sizeOf, writtenOn, type Size } from './written.ts';
import type { Block, Line } from './blocks.ts';

/** Lines of one block, and ways in all, that are kept: a Service with more endpoints is drawn in part. */
const linesMax = 24;
const waysMax = 120;

export interface ShownLine extends Omit<Line, 'service'> {
  /** Its position in the block. */
  readonly index: number;
  readonly isNew?: true;
}

/** A chain, map or set, with the lines that speak of the shown Service. */
export interface ShownBlock extends Omit<Block, 'lines' | 'service' | 'times'> {
  /** `door`: all Services share it; `own`: it is the Service's; `behind`: marked packets come there last. */
  readonly role: 'door' | 'own' | 'behind';
  readonly lines: readonly ShownLine[];
  /** All its lines, those of other Services too. */
  readonly total: number;
  readonly is: 'new' | 'changed' | 'same';
  /** Lines that stood there before the last change. */
  readonly removed: readonly string[];
}

/** A port of a Service as the rules of one node have it. */
export interface Way {
  readonly node: string;
  /** `namespace/name` */
  readonly service: string;
  readonly name: string;
  readonly clusterIP: string;
  readonly port: number;
  readonly nodePort?: number;
  /** Where a pod's new connections go. */
  readonly inside: Route;
  /** Where those from outside to the node port go. */
  readonly outside?: Route;
  /** Endpoints that rules of this node know, `address:port`. */
  readonly known: readonly string[];
}

/**
 * All that picture, words and goals say beyond the situation itself, worked out once for each act of the learner. It stands in the state, so that
 * looking and asking why need none of the models. Bounded, however many objects there are.
 */
export interface Outlook {
  readonly blocks: readonly ShownBlock[];
  /** Chains of the Service that are not there any more. */
  readonly gone: readonly { readonly id: string; readonly name: string }[];
  readonly changeWords: string;
  /** Of the shown node's rules in both modes; `route`: the longest that a pod's first packet can have. */
  readonly sizes: readonly (Size & { readonly mode: Mode; readonly route: Pick<Route, 'rules' | 'lookups'> })[];
  readonly rulesByNode: Readonly<Record<string, number>>;
  readonly ways: readonly Way[];
  /** Why a Service's slices list a pod as they do, by `service pod`. */
  readonly listings: Readonly<Record<string, string>>;
}

const behind: readonly string[] = ['nat/KUBE-MARK-MASQ', 'nat/KUBE-POSTROUTING', 'kube-proxy/masquerading'];

function shownBlocks(situation: Situation): Pick<Outlook, 'blocks' | 'gone'> {
  const change = changeOf(situation);
  const { shown } = situation;
  const isOwn = ({ service }: Pick<Line, 'service'>): boolean => service === shown;
  const blocks = rulesOn(situation).blocks.flatMap((block): ShownBlock[] => {
    const { lines, service, id, table, name, kind, about } = block;
    const changed = change?.blocks.get(block.id);
    const removed = (changed?.removed ?? []).filter(isOwn).map(({ text }) => text);
    const isBehind = behind.includes(block.id) && shown !== '';
    const kept = lines.flatMap((line, index): ShownLine[] => {
      if (!isOwn(line) && !isBehind) return [];
      return [{ ...without(line, 'service'), index, ...(changed?.added.has(index) && { isNew: true }) }];
    });
    const isDoor = service === undefined && !isBehind;
    if (isDoor ? kept.length + removed.length === 0 : service !== shown && !isBehind) return [];
    const total = lines.reduce((sum, { times }) => sum + times, 0);
    const is = changed === undefined || changed.is === 'gone' ? 'same' : changed.is;
    return [{ id, table, name, kind, about, role: isBehind ? 'behind' : isDoor ? 'door' : 'own', lines: kept.slice(0, linesMax), total, is, removed }];
  });
  const gone = [...(change?.blocks.values() ?? [])].filter(({ is, block }) => is === 'gone' && isOwn(block)).map(({ block: { id, name } }) => ({ id, name }));
  return { blocks, gone };
}

function wayOf(situation: Situation, node: string, port: ProxiedPort, known: readonly string[]): Way {
  const written = rulesOn(situation, node);
  const probe = { protocol: port.protocol, source: podProbe, destination: port.clusterIP, port: port.port, isToNode: false };
  const { address } = placeOf(situation, node).node;
  const { nodePort } = port;
  const outside =
    nodePort === undefined ? undefined : routeOf(written, { ...probe, source: outsideProbe, destination: address, port: nodePort, isToNode: true });
  return {
    node,
    service: `${port.namespace}/${port.service}`,
    name: port.name,
    clusterIP: port.clusterIP,
    port: port.port,
    ...(nodePort !== undefined && { nodePort }),
    inside: routeOf(written, probe),
    ...(outside && { outside }),
    known,
  };
}

/** The shown Service comes first, so that a large cluster does not crowd it out. */
function waysIn(situation: Situation): readonly Way[] {
  const { cluster, input, shown } = situation;
  const own = new Set(cluster.services.map(keyOf));
  const all = input.settings.nodes.flatMap(({ name }) =>
    rulesOn(situation, name)
      .traffic.filter(({ port }) => own.has(`${port.namespace}/${port.service}`))
      .map(({ port, reachable }) => ({ node: name, port, known: reachable.map(({ text }) => text) })),
  );
  const isShown = ({ port }: { readonly port: ProxiedPort }): number => (`${port.namespace}/${port.service}` === shown ? 0 : 1);
  return all
    .toSorted((one, other) => isShown(one) - isShown(other))
    .slice(0, waysMax)
    .map(({ node, port, known }) => wayOf(situation, node, port, known));
}

function listingsIn({ cluster }: Situation): Outlook['listings'] {
  return Object.fromEntries(
    cluster.services.flatMap((service) => {
      const pods = selectedPods({ cluster }, service).map(({ pod }) => pod);
      return decideEndpoints(service, pods).pods.map(({ pod, because }): readonly [string, string] => [`${keyOf(service)} ${pod}`, because]);
    }),
  );
}

/** Works out the outlook. */
export function outlookOf(situation: Situation): Outlook {
  const { nodes } = situation.input.settings;
  const seen = seenOn(situation, situation.node);
  const sizes = modes.map((mode) => {
    const written = writtenOn(seen, placeOf(situation), mode);
    const { rules, lookups } = longestRoute(written);
    return { mode, ...sizeOf(written.blocks), route: { rules, lookups } };
  });
  return {
    ...shownBlocks(situation),
    changeWords: changeWords(situation),
    sizes,
    rulesByNode: Object.fromEntries(nodes.map(({ name }) => [name, sizeOf(rulesOn(situation, name).blocks).rules])),
    ways: waysIn(situation),
    listings: listingsIn(situation),
  };
}

/** The state of a situation. */
export function withOutlook(situation: Situation): Situation & { readonly outlook: Outlook } {
  return { ...situation, outlook: outlookOf(situation) };
}
