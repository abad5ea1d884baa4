import type { ListedRecord } from '../engine/network/cluster-dns/records.ts';
import type { Check } from '../lab.ts';
import { answerOf, type Answered } from './answer.ts';
import type { CheckId } from './check-ids.ts';
import { worldOf } from './cluster.ts';
import { groupsOf, type Group } from './groups.ts';
import { keyOf, type Query } from './input.ts';
import { judgementsOf } from './judgements.ts';
import { labelsOf, type ReadLabel } from './labels.ts';
import { pictureLimits } from './picture-limits.ts';
import type { Reason } from './reasons.ts';
import type { Row } from './rows.ts';
import type { Situation } from './situation.ts';
import { explanationsOf, type Explained } from './subjects.ts';
import { objectInWords } from './words.ts';

/** Of a cluster with more, the first so many are kept: a member of a headless Service with one port makes 6, so these are the records of 160 members. */
const recordsMax = 1000;
/** Records that a name keeps behind these, if the picture draws it. */
const recordsOfNameMax = 10;
/** Names without a record, behind those that the picture draws. */
const missingMax = 300;
/** Objects of each kind that answer "why?" though nothing shows them now. */
const objectsMax = 100;

/** What the server says to a query, and how it reads the name. */
export interface ShownAnswer extends Pick<Answered, 'words' | 'tone' | 'rule' | 'why'> {
  readonly kinds: readonly Reason['kind'][];
  readonly labels: readonly ReadLabel[];
  /** `about` of the folded group that the name stands in; empty: in none. */
  readonly foldedIn: string;
}

export interface ShownRecord extends Pick<ListedRecord, 'name' | 'type' | 'data' | 'ttlSeconds' | 'rule' | 'because'> {
  /** `Service data/db` */
  readonly from: string;
}

export interface ShownRow extends Row {
  /** `records` are the first of so many. */
  readonly recordsTotal: number;
}

export interface ShownGroup extends Group {
  /** What the picture draws, and behind it what the table of missing names lists. */
  readonly rows: readonly ShownRow[];
  readonly rowsTotal: number;
}

/**
 * All that picture, words and goals say beyond the situation itself, worked out once for each act of the learner. It stands in the state, so that looking
 * and asking why need none of the models. Bounded, however many pods there are.
 */
export interface Outlook {
  readonly zone: string;
  readonly records: readonly ShownRecord[];
  readonly recordsTotal: number;
  /** One for each query. */
  readonly answers: readonly ShownAnswer[];
  readonly groups: readonly ShownGroup[];
  /** Those that are not folded. */
  readonly groupsTotal: number;
  /** Names without a record, in groups that are not folded. */
  readonly missingTotal: number;
  readonly checks: Readonly<Record<CheckId, Check>>;
  /** "Why?" of Services, pods and slices, by subject. */
  readonly explanations: Readonly<Record<string, Explained>>;
}

type World = Pick<Outlook, 'zone' | 'records' | 'recordsTotal' | 'groups' | 'groupsTotal' | 'missingTotal' | 'explanations'>;

function shownRow({ records, ...row }: Row): ShownRow {
  return { ...row, records: records.slice(0, pictureLimits.dataMax).map(({ type, data }) => ({ type, data })), recordsTotal: records.length };
}

/** Of each group what is drawn, and of all that are not folded the names that are gone or missing. */
function shownGroups(groups: readonly Group[]): Pick<World, 'groups' | 'groupsTotal' | 'missingTotal'> {
  let drawn = 0;
  let room = missingMax;
  const shown = groups.map((group): ShownGroup => {
    const isDrawn = group.isAside || (drawn += 1) <= pictureLimits.groupsMax;
    const rows = group.rows.filter(({ state }, index) => {
      if (isDrawn && index < pictureLimits.rowsMax) return true;
      if (state !== 'missing' || group.isAside) return state === 'gone';
      return (room -= 1) >= 0;
    });
    return { ...group, rows: rows.map(shownRow), rowsTotal: group.rows.length };
  });
  const open = groups.filter(({ isAside }) => !isAside);
  return {
    groups: shown.filter((group) => group.rows.length > 0),
    groupsTotal: open.length,
    missingTotal: open.flatMap(({ rows }) => rows).filter(({ state }) => state !== 'exists').length,
  };
}

function shownRecords(listed: readonly ListedRecord[], names: ReadonlySet<string>): readonly ShownRecord[] {
  const behind = new Map<string, number>();
  const kept = listed.filter(({ name }, index) => {
    if (index < recordsMax) return true;
    behind.set(name, (behind.get(name) ?? 0) + 1);
    return names.has(name) && (behind.get(name) ?? 0) <= recordsOfNameMax;
  });
  return kept.map(({ name, type, data, ttlSeconds, rule, because, from }) => ({ name, type, data, ttlSeconds, rule, because, from: objectInWords(from) }));
}

/** Whatever picture, controls and log name, and the first objects of each kind. */
function subjectsOf({ cluster, deleted, entries }: Situation, groups: readonly ShownGroup[]): ReadonlySet<string> {
  const shown = [...groups.flatMap(({ subject, rows }) => [subject, ...rows.map((row) => row.subject)]), ...entries.flatMap(({ subject = '' }) => subject)];
  const services = [...cluster.services.slice(0, objectsMax), ...deleted].map((service) => `service:${keyOf(service)}`);
  return new Set([...shown, ...services, ...cluster.pods.slice(0, objectsMax).map(({ pod }) => `pod:${keyOf(pod)}`)]);
}

function worldInWords(situation: Situation, groups: readonly Group[]): World {
  const { listed, context } = worldOf(situation);
  const shown = shownGroups(groups);
  const names = new Set(shown.groups.flatMap(({ rows }) => rows.map(({ name }) => name.toLowerCase())));
  return {
    zone: context.zone,
    records: shownRecords(listed, names),
    recordsTotal: listed.length,
    ...shown,
    explanations: explanationsOf(situation, subjectsOf(situation, shown.groups)),
  };
}

function shownAnswer(situation: Situation, query: Query, groups: readonly Group[]): ShownAnswer {
  const { words, tone, rule, why, reasons } = answerOf(situation, query);
  const name = query.name.toLowerCase();
  const folded = groups.find(({ isAside, rows }) => isAside && rows.some((row) => row.name.toLowerCase() === name));
  return { words, tone, rule, why, kinds: reasons.map(({ kind }) => kind), labels: labelsOf(situation, query), foldedIn: folded?.about ?? '' };
}

/** Works out the outlook. Where `before` is given, what cannot have changed since is taken from it. */
export function outlookOf(situation: Situation, before?: Situation & { readonly outlook: Outlook }): Outlook {
  const { cluster, corefile, deleted, gone } = situation;
  const isSameWorld = before?.cluster === cluster && before.corefile === corefile && before.deleted === deleted && before.gone === gone;
  const groups = groupsOf(situation);
  const answers = situation.queries.map((query, index) => {
    const known = isSameWorld && before.queries[index] === query ? before.outlook.answers[index] : undefined;
    return known ?? shownAnswer(situation, query, groups);
  });
  const world = isSameWorld ? before.outlook : worldInWords(situation, groups);
  return { ...world, answers, checks: judgementsOf(situation) };
}
