import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { AnyLab, AnyReader, Scenario } from '../../labs/lab.ts';
import { compareScenarios, readScenario } from '../../labs/reading/scenario.ts';
import { agreementOf } from '../agreement.ts';
import { href } from '../href.ts';
import { LabFrame } from './components/frame.tsx';
import { Head } from './components/head.tsx';
import * as inside from './components/inside.ts';
import { still, type PartProps, type View } from './components/player.ts';
import { Rest } from './components/rest.tsx';
import { Settled, SettledBriefly } from './components/settled.tsx';
import { formerScenarios } from './former-scenarios.ts';
import { extend, framesMax, lastOf, seek } from './history.ts';
import { sayErrors } from './moves.ts';
import type { PageLab, PageScenario, ScenarioName } from './page-scenario.ts';
import { openSession, type Session } from './session.ts';
import { slim, slimEnd, slimWords, untabbed } from './slim.ts';

const machines = import.meta.glob<AnyLab>('/labs/*/lab.ts', { import: 'default', eager: true });
const readers = import.meta.glob<AnyReader>('/labs/*/read.ts', { import: 'default', eager: true });
const views = import.meta.glob<View>('/labs/*/view.tsx', { import: 'default', eager: true });
const styles = import.meta.glob<string>('/labs/*/view.css', { import: 'default', eager: true, query: '?url&no-inline' });
const scenarioTexts = import.meta.glob<string>('/labs/*/scenarios/*.yaml', { import: 'default', eager: true, query: '?raw' });

/** Ids of all labs that can be played: those with a machine, a reader and a picture. */
export const labIds: readonly string[] = Object.keys(machines)
  .map((path) => path.split('/')[2] ?? '')
  .filter((id) => readers[`/labs/${id}/read.ts`] !== undefined && views[`/labs/${id}/view.tsx`] !== undefined)
  .sort();

/** The page draws the two parts of a lab one after the other: each has its own root, the first of them opened and the last closed by the page. */
const betweenRoots = '</div><div class="lab-root">';

interface LabFiles {
  readonly lab: AnyLab;
  readonly reader: AnyReader;
  readonly view: View;
  readonly style: string | undefined;
}

function filesOf(id: string): LabFiles {
  const lab = machines[`/labs/${id}/lab.ts`];
  const reader = readers[`/labs/${id}/read.ts`];
  const view = views[`/labs/${id}/view.tsx`];
  if (!lab || !reader || !view) throw new Error(`<Lab id="${id}">: there is no such lab. There are: ${labIds.join(', ') || 'none'}.`);
  return { lab, reader, view, style: styles[`/labs/${id}/view.css`] };
}

/** The scenarios of a lab in the order of `compareScenarios`. */
export function scenariosOf(labId: string): readonly ScenarioName[] {
  const prefix = `/labs/${labId}/scenarios/`;
  const ids = Object.keys(scenarioTexts).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length, -'.yaml'.length)] : []));
  return ids
    .map((id) => ({ ...scenarioOf(labId, id), id }))
    .sort(compareScenarios)
    .map(({ id, title, kind }) => ({ id, title, kind }));
}

function scenarioOf(labId: string, id: string): Scenario {
  const { lab } = filesOf(labId);
  const text = scenarioTexts[`/labs/${labId}/scenarios/${id}.yaml`];
  if (text === undefined) {
    const ids = scenariosOf(labId).map((scenario) => scenario.id);
    throw new Error(`<Lab id="${labId}" scenario="${id}">: there is no such scenario. There are: ${ids.join(', ') || 'none'}.`);
  }
  const read = readScenario(text, lab);
  if (!read.ok) throw new Error(`labs/${labId}/scenarios/${id}.yaml: ${read.message}`);
  return read.scenario;
}

/** A scenario with the first state that follows from its texts, as pages get it. Throws with the reason when it cannot be read. */
export function pageScenario(labId: string, id: string): PageScenario {
  const { title, task, kind, texts, seed, predict, after, goals, solutions, wrong, hints, commands } = scenarioOf(labId, id);
  const { lab, reader } = filesOf(labId);
  const read = reader.read(texts);
  if (!read.ok) throw new Error(`labs/${labId}/scenarios/${id}.yaml cannot be read by the lab:\n${sayErrors(read.errors)}`);
  const start: unknown = lab.start(read.input, seed);
  const agreement = agreementAt(labId, start);
  const next = kind === 'challenge' ? challengeAfter(labId, id) : undefined;
  return {
    ...{ id, title, task, kind, texts, seed, goals, solutions, hints, commands, start },
    ...(predict && { predict }),
    ...(after !== undefined && { after }),
    ...(agreement !== undefined && { agreement }),
    ...(next && { next }),
    diagnoses: [...new Set(wrong.map(({ diagnosis }) => diagnosis))],
  };
}

function challengeAfter(labId: string, id: string): ScenarioName | undefined {
  const challenges = scenariosOf(labId).filter(({ kind }) => kind === 'challenge');
  return challenges[challenges.findIndex((challenge) => challenge.id === id) + 1];
}

/** What an author may write: `<Lab id scenario? compact? heading? />`; without a scenario the lab stands in full, with all its scenarios. */
export interface LabProps {
  readonly id: string;
  readonly scenario?: string;
  readonly compact?: boolean;
  /** Level of its heading: 2 in full, else 3. */
  readonly heading?: 1 | 2 | 3 | 4;
}

const propNames = ['id', 'scenario', 'compact', 'heading'];

/** Checks what an author wrote, since MDX checks nothing; throws a sentence that says what is right. */
export function checkedProps(props: Readonly<Record<string, unknown>>): LabProps {
  const { id, scenario, compact = false, heading } = props as { id?: unknown; scenario?: unknown; compact?: unknown; heading?: unknown };
  const stranger = Object.keys(props).find((name) => !propNames.includes(name));
  if (stranger !== undefined) throw new Error(`<Lab>: no property \`${stranger}\`; there are: ${propNames.join(', ')}.`);
  if (typeof id !== 'string') throw new Error(`<Lab>: \`id\` is missing. There are: ${labIds.join(', ') || 'none'}.`);
  if (scenario !== undefined && typeof scenario !== 'string') throw new Error(`<Lab id="${id}">: \`scenario\` is the name of a scenario file.`);
  if (typeof compact !== 'boolean') throw new Error(`<Lab id="${id}">: \`compact\` stands alone or is {true} or {false}.`);
  if (heading !== undefined && heading !== 1 && heading !== 2 && heading !== 3 && heading !== 4)
    throw new Error(`<Lab id="${id}">: \`heading\` is {1}, {2}, {3} or {4}.`);
  return { id, compact, ...(scenario !== undefined && { scenario }), ...(heading !== undefined && { heading }) };
}

export interface BuiltLab {
  readonly page: PageLab;
  /** Name and trust, which never change. */
  readonly headHtml: string;
  /** The lab at its first frame, as the player will draw it. */
  readonly html: string;
  /** The end of the run in words and tables, for pages where no script runs. */
  readonly settledHtml: string;
  /** Address of the lab's own stylesheet. */
  readonly style: string | undefined;
}

/** Builds one lab of a page. Throws when the lab, the scenario or its file is wrong: the build must stop. */
export function buildLab({ id, scenario, compact, heading }: LabProps): BuiltLab {
  const { lab, view, style } = filesOf(id);
  const all = scenariosOf(id);
  const first = scenario ?? all[0]?.id;
  if (first === undefined) throw new Error(`The lab ${id} has no scenario.`);
  const layout = compact ? 'compact' : scenario === undefined ? 'full' : 'figure';
  const isFull = layout === 'full';
  const shown = pageScenario(id, first);
  const former = isFull ? formerScenarios(id, all) : undefined;
  const page: PageLab = {
    id: [id, scenario, compact && 'compact'].filter(Boolean).join('-'),
    lab: id,
    scenario: shown,
    scenarios: isFull ? all : all.filter((item) => item.id === first),
    ...(former && { former }),
    url: href(`/labs/${id}/`),
    layout,
    heading: heading ?? (isFull ? 2 : 3),
  };
  const session = openSession(lab, page);
  const props: PartProps = { session, player: isFull ? { ...still, inside } : still };
  const frame = renderToString(h(LabFrame, { ...props, View: view }));
  const rest = renderToString(h(Rest, props));
  const settled = { session: settledSession(session), player: still };
  const agreements = isFull ? agreementsOf(id) : [];
  return {
    page,
    headHtml: renderToString(h(Head, { session, agreements })),
    // What hydrates must be whole but for what nobody sees; what is drawn over may be short.
    html: untabbed([frame, rest].map((html) => (isFull ? slimEnd(html) : slim(html, page.id, session.history.at === 0))).join(betweenRoots)),
    // Beside a text one table says it; the lab's own page can afford all, and the log.
    settledHtml: slimWords(renderToString(h(isFull ? Settled : SettledBriefly, settled))),
    style,
  };
}

const sayAgreement = (agree: number, of: number, noun: string): string => `${agree} of ${of} recorded ${noun} agree`;

/** Each kind of recording by itself. */
function agreementsOf(id: string): readonly string[] {
  return agreementOf(filesOf(id).lab.meta).map(({ source, noun, agree, of }) => `${sayAgreement(agree, of, noun)} (${source})`);
}

/** What the badge says of a state: its own recordings where one of its choices names them (`glibc-2.36`), else all together. */
function agreementAt(id: string, state: unknown): string | undefined {
  const all = agreementOf(filesOf(id).lab.meta);
  if (all.length === 0) return undefined;
  const chosen = new Set(
    filesOf(id)
      .lab.offers(state)
      .flatMap((offer) => (offer.control === 'choice' ? [offer.value.replace('-', ' ')] : [])),
  );
  const own = all.filter(({ source }) => chosen.has(source));
  const names = own.length > 0 ? ` (${own.map(({ source }) => source).join(', ')})` : '';
  const sum = (own.length > 0 ? own : all).reduce((total, { agree, of }) => ({ agree: total.agree + agree, of: total.of + of }), { agree: 0, of: 0 });
  return `${sayAgreement(sum.agree, sum.of, all[0]?.noun ?? 'cases')}${names}`;
}

function settledSession(session: Session): Session {
  const whole = extend(session.lab, session.history, framesMax);
  return { ...session, history: seek(whole, lastOf(whole.branch)), revealed: true };
}
