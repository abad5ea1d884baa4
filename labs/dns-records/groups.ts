import type { Service } from '../engine/api/types.ts';
import { dashed } from '../engine/network/cluster-dns/address.ts';
import { addressOf, worldOf } from './cluster.ts';
import { isAlwaysThere, keyOf, namespaceOf } from './input.ts';
import { whyNoName } from './reasons.ts';
import { addressTypes, podMaker, rowOf, serviceRows, wantedName, type Row } from './rows.ts';
import type { Situation } from './situation.ts';
import { whyGone } from './why-gone.ts';

/** Names that belong together: those of a Service, or of something else that makes names. */
export interface Group {
  /** The Service, if it is not there; else empty: the first row names it. */
  readonly title: string;
  readonly about: string;
  /** What `explain` knows the title by. */
  readonly subject: string;
  readonly state: Row['state'];
  readonly rows: readonly Row[];
  /** Seldom looked at: shown folded. */
  readonly isAside: boolean;
}

const plainGroup = (about: string, rows: readonly Row[]): Group => ({ title: '', about, subject: '', state: 'exists', rows, isAside: false });

/** The slices that the controller keeps for a Service. */
function slicesInWords(state: Situation, service: Service): string {
  const decision = worldOf(state).decisions.get(keyOf(service));
  if (decision === undefined || decision.none !== undefined) return '';
  if (decision.pods.length === 0) return ', its selector matches no pod';
  const ready = decision.pods.filter(({ outcome }) => outcome === 'ready').length;
  const names = decision.slices.map(({ metadata }) => metadata.name);
  return `, EndpointSlice ${names.slice(0, 2).join(' and ')}${names.length > 2 ? ' …' : ''}: ${ready} of ${decision.pods.length} ready`;
}

/** Services that pods ask for by their subdomain, and that nobody made. */
function missingGroups(state: Situation): readonly Group[] {
  const world = worldOf(state);
  const there = new Set([...state.cluster.services, ...state.deleted].map(keyOf));
  const groups = new Map<string, Row[]>();
  for (const each of state.cluster.pods) {
    const name = wantedName(state, each.pod);
    const key = `${namespaceOf(each.pod)}/${each.pod.spec.subdomain ?? ''}`;
    if (name !== undefined && !there.has(key)) groups.set(key, [...(groups.get(key) ?? []), rowOf(state, podMaker(each, name, whyNoName(world, each)?.text))]);
  }
  return [...groups].map(([key, rows]) => {
    const [namespace = '', title = ''] = key.split('/');
    return { title, about: `namespace ${namespace}, there is no such Service`, subject: `service:${key}`, state: 'missing', rows, isAside: false };
  });
}

/** Pods that nothing gives a name. */
function namelessRows(state: Situation, named: ReadonlySet<string>): readonly Row[] {
  return state.cluster.pods
    .filter(({ pod }) => !named.has(`pod:${keyOf(pod)}`))
    .map((each) => rowOf(state, podMaker(each, '', (each.pod.spec.hostname ?? '') === '' ? 'no Service selects it' : whyNoName(worldOf(state), each)?.text)));
}

/** Records that no object asks for any more: of a member that was scaled away, say. */
function goneRows(state: Situation, shown: ReadonlySet<string>): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { name, type, data, from } of state.gone) {
    if (shown.has(name) || !addressTypes.includes(type) || from.kind === 'Pod') continue;
    const [first = ''] = name.split('.');
    const isMember = from.kind === 'EndpointSlice';
    const records = [...(rows.get(name)?.records ?? []), { type, data }];
    const object = { glyph: isMember ? 'pod' : 'service', object: isMember ? first : from.name, subject: `name:${name}`, detail: '' } as const;
    rows.set(name, { ...object, name, state: 'gone', records, isReversed: false, target: '', because: whyGone(state, from) });
  }
  return [...rows.values()];
}

/** Names below `pod`, one for each pod that has an address. */
function addressRows(state: Situation): readonly Row[] {
  const { zone } = worldOf(state).context;
  const pods = state.cluster.pods.filter(({ pod }) => addressOf(pod) !== '');
  return pods.map((each) => rowOf(state, podMaker(each, `${dashed(addressOf(each.pod))}.${namespaceOf(each.pod)}.pod.${zone}`, undefined)));
}

/** The Services of every cluster, and the names of the server itself. */
function ownRows(state: Situation): readonly Row[] {
  const services = state.cluster.services.filter(isAlwaysThere).flatMap((service) => serviceRows(state, service).slice(0, 1));
  const names = ['ns.dns', 'dns-version'].map((name) => `${name}.${worldOf(state).context.zone}`);
  const server = { glyph: 'service', object: 'CoreDNS', subject: 'corefile', detail: '', types: [...addressTypes, 'TXT'] } as const;
  return [...services, ...names.map((name) => rowOf(state, { ...server, name }))];
}

/** All names, grouped by what makes them. */
export function groupsOf(state: Situation): readonly Group[] {
  const services = state.cluster.services.filter((service) => !isAlwaysThere(service));
  const named = [
    ...services.map((service) => plainGroup(`namespace ${namespaceOf(service)}${slicesInWords(state, service)}`, serviceRows(state, service))),
    ...state.deleted.map((service) => ({ ...plainGroup(`namespace ${namespaceOf(service)}, deleted`, serviceRows(state, service)), state: 'gone' as const })),
    ...missingGroups(state),
  ];
  const rows = named.flatMap((group) => group.rows);
  return [
    ...named,
    plainGroup('Pods without a Service', namelessRows(state, new Set(rows.map(({ subject }) => subject)))),
    plainGroup('Gone since the start', goneRows(state, new Set(rows.map(({ name }) => name.toLowerCase())))),
    { ...plainGroup(`Names of pod addresses (pods ${state.corefile.pods})`, addressRows(state)), isAside: true },
    { ...plainGroup('In every cluster', ownRows(state)), isAside: true },
  ].filter((group) => group.rows.length > 0);
}
