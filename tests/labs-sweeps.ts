/**
 * What every lab must hold, whatever it is about. Each sweep returns sentences about what is wrong, so that the sweeps themselves
 * can be tested on labs with planted faults.
 */
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { LogEntry, Move, Offer } from '../labs/lab.ts';
import { causesOf } from '../src/lab-player/causes.ts';
import { isSolved, judgeAll } from '../src/lab-player/goals.ts';
import { frameOf, framesMax, lastOf, seek, type History } from '../src/lab-player/history.ts';
import { decodeFragment, readExperiment } from '../src/lab-player/link-reading.ts';
import { encodeExperiment, experimentOf } from '../src/lab-player/link.ts';
import { beginWhole, playMoves, setUp } from '../src/lab-player/moves.ts';
import type { Act, OpaqueLab } from '../src/lab-player/opaque.ts';
import { stateHash } from '../src/lab-player/state-hash.ts';
import { deepFreeze, difference, isSame } from './labs-plain.ts';
import { framesOf, inFrames, play, runsOf, setupOf, type LabUnderTest, type Problems, type Run } from './labs-runs.ts';

/** Goals are open at the start and met by every solution; solutions of a challenge end differently. */
export function sweepGoals(under: LabUnderTest): Problems {
  return Object.entries(under.scenarios).flatMap(([id, scenario]) => {
    const problems: string[] = [];
    const start = beginWhole(under.lab, setupOf(under, scenario));
    if (scenario.goals.length > 0 && isSolved(judgeAll(under.lab, scenario, start))) problems.push(`${id}: solved at the start`);
    if (scenario.kind === 'challenge' && isSolved(judgeAll(under.lab, scenario, seek(start, framesMax)))) problems.push(`${id}: solved by doing nothing`);
    const ends = scenario.solutions.map(({ title, moves }) => {
      const end = play(under, scenario, moves);
      const open = judgeAll(under.lab, scenario, end).filter(({ verdict }) => verdict !== 'met');
      problems.push(...open.map(({ text, because }) => `${id}, ${title}: not met: ${text} (${because})`));
      const acts = end.branch.frames.flatMap(({ move }) => (move && 'act' in move ? [JSON.stringify(move.act)] : []));
      return JSON.stringify([frameOf(end).texts, acts.sort()]);
    });
    if (scenario.kind === 'challenge' && new Set(ends).size < ends.length) problems.push(`${id}: two solutions end in the same texts and acts`);
    return problems;
  });
}

/** Every wrong attempt fails with its diagnosis, also with something harmless before and after. */
export function sweepWrong(under: LabUnderTest): Problems {
  return Object.entries(under.scenarios).flatMap(([id, scenario]) =>
    scenario.wrong.flatMap(({ title, moves, diagnosis }) => {
      const variants: readonly (readonly [string, readonly Move[]])[] = [
        ['as written', moves],
        ['with a detour before', [...detour(under.lab, beginWhole(under.lab, setupOf(under, scenario))), ...moves]],
        ['with a detour after', [...moves, ...detour(under.lab, play(under, scenario, moves)), { run: 'to the end' }]],
      ];
      return variants.flatMap(([variant, all]) => {
        const end = play(under, scenario, all);
        const problems: string[] = [];
        if (isSolved(judgeAll(under.lab, scenario, end))) problems.push(`${id}, ${title}, ${variant}: solved`);
        if (under.lab.diagnoses[diagnosis]?.when(frameOf(end).state) !== true) problems.push(`${id}, ${title}, ${variant}: no diagnosis ${diagnosis}`);
        return problems;
      });
    }),
  );
}

/** Something harmless: a choice is changed and changed back. */
function detour(lab: OpaqueLab, { branch, at }: History): readonly Move[] {
  const state = branch.frames[at]?.state;
  for (const offer of lab.offers(state)) {
    if (offer.control !== 'choice') continue;
    const [now, other] = [offer.options.find(({ value }) => value === offer.value), offer.options.find(({ value }) => value !== offer.value)];
    if (now && other) return [{ act: other.action }, { act: now.action }];
  }
  return [];
}

export function sweepInvariants({ lab }: LabUnderTest, runs: readonly Run[]): Problems {
  return inFrames(runs, ({ state }) =>
    Object.entries(lab.invariants).flatMap(([name, holds]) => {
      const broken = holds(state);
      return broken === undefined ? [] : [`${name}: ${broken}`];
    }),
  );
}

const nothing = (): void => undefined;

function picture({ view }: LabUnderTest, state: unknown): string {
  return renderToString(h(view, { state, selected: undefined, select: nothing, act: nothing }));
}

/** "Why?" answers for whatever can be pointed at. */
export function sweepExplain(under: LabUnderTest, runs: readonly Run[]): Problems {
  const { lab } = under;
  return inFrames(runs, ({ state }) => {
    const drawn = [...picture(under, state).matchAll(/data-subject="([^"]*)"/g)].map(([, subject = '']) =>
      subject.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<'),
    );
    const subjects = new Set([...subjectsIn(lab, state), ...drawn]);
    const ids = new Set(lab.log(state, 0).map(({ id }) => id));
    return [...subjects].flatMap((subject) => {
      const explanation = lab.explain(state, subject);
      if (!explanation) return [`no answer to why ${subject}`];
      if (explanation.because.trim() === '' || explanation.title.trim() === '') return [`an empty answer to why ${subject}`];
      return explanation.cause !== undefined && !ids.has(explanation.cause) ? [`why ${subject} names the entry ${explanation.cause}, which is not there`] : [];
    });
  });
}

/** What a page may show: no inline style, no handler, no id that could stand twice, every table as wide as its head. */
export function sweepShown(under: LabUnderTest, runs: readonly Run[]): Problems {
  return inFrames(runs, ({ state }) => {
    const html = picture(under, state);
    const { headline, tables } = under.lab.describe(state);
    return [
      ...(/<[^>]* style=|<style/.test(html) ? ['the picture has inline style'] : []),
      ...(/<[^>]* on\w+=/.test(html) ? ['the picture has an inline handler'] : []),
      ...(/<[^>]* id=/.test(html) ? ['the picture has an id; it stands in a page more than once'] : []),
      ...(headline.trim() === '' ? ['no headline'] : []),
      ...tables.flatMap(({ id, columns, rows, empty }) => [
        ...(rows.some(({ cells }) => cells.length !== columns.length) ? [`table ${id}: a row with another number of cells`] : []),
        ...(rows.length === 0 && empty === undefined ? [`table ${id}: nothing is said when it is empty`] : []),
      ]),
    ];
  });
}

/** The same texts, seed and moves give the same states; a JSON round trip changes nothing. */
export function sweepPlain(under: LabUnderTest, runs: readonly Run[]): Problems {
  const again = new Map(runsOf(under).map((run) => [run.name, run]));
  const replay = runs.flatMap((run) => {
    const other = again.get(run.name)?.history.branch.frames ?? [];
    return run.history.branch.frames.length === other.length && stateHash(other.at(-1)?.state) === stateHash(run.history.branch.frames.at(-1)?.state)
      ? []
      : [`${run.name}: a second run differs`];
  });
  const roundTrip = inFrames(runs, ({ state }) => {
    const copy: unknown = JSON.parse(JSON.stringify(state));
    const changed = difference(copy, state);
    if (changed !== undefined) return [`a JSON round trip changes the state at ${changed}`];
    return isSame(under.lab.describe(copy), under.lab.describe(state)) && isSame(under.lab.next(copy), under.lab.next(state))
      ? []
      : ['a state behaves otherwise after a JSON round trip'];
  });
  const inputs = Object.entries(under.scenarios).flatMap(([id, scenario]) => {
    const { input } = setupOf(under, scenario);
    const changed = difference(JSON.parse(JSON.stringify(input)), input);
    return changed === undefined ? [] : [`${id}: a JSON round trip changes the input at ${changed}`];
  });
  return [...replay, ...roundTrip, ...inputs];
}

/** What can be asked "why?" about, apart from the picture. */
export function subjectsIn(lab: OpaqueLab, state: unknown): readonly string[] {
  const tables = lab.describe(state).tables.flatMap(({ rows }) => rows.map(({ subject }) => subject));
  const all = [...lab.offers(state).map(({ subject }) => subject), ...tables, ...lab.log(state, 0).map(({ subject }) => subject)];
  return [...new Set(all)].flatMap((subject) => subject ?? []);
}

/** The lab with all states frozen. */
export function frozen(lab: OpaqueLab): OpaqueLab {
  return {
    ...lab,
    start: (input, seed) => deepFreeze(lab.start(deepFreeze(input), seed)),
    reduce: (state, action) => deepFreeze(lab.reduce(state, deepFreeze(action))),
  };
}

/** Nothing in a lab changes a state it was given. */
export function sweepFrozen(under: LabUnderTest): Problems {
  try {
    for (const { history } of runsOf({ ...under, lab: frozen(under.lab) })) {
      const { state } = frameOf(seek(history, lastOf(history.branch)));
      under.lab.describe(state);
      under.lab.offers(state);
      under.lab.log(state, 0);
      for (const check of Object.values(under.lab.checks)) check(state);
    }
    return [];
  } catch (error) {
    return [`a state was changed in place: ${String(error)}`];
  }
}

/** Every action that an offer stands for now. */
export function actionsOf(offer: Offer<Act>): readonly Act[] {
  switch (offer.control) {
    case 'button':
      return [offer.action];
    case 'choice':
      return offer.options.map(({ action }) => action);
    case 'text':
      return offer.examples.map((value) => ({ ...offer.action, [offer.field]: value }));
    case 'range':
      return [offer.min, offer.value, offer.max].map((value) => ({ ...offer.action, [offer.field]: value }));
  }
}

/** Offered actions are readable, ids are unique, and what is not offered any more changes nothing. */
export function sweepOffers({ lab }: LabUnderTest, runs: readonly Run[]): Problems {
  const buttons = new Map<string, Act>();
  for (const run of runs)
    for (const { state } of framesOf(run))
      for (const offer of lab.offers(state)) if (offer.control === 'button') buttons.set(JSON.stringify(offer.action), offer.action);
  return inFrames(runs, ({ state }) => {
    const offers = lab.offers(state);
    const offered = new Set(offers.flatMap((offer) => (offer.control === 'button' ? [JSON.stringify(offer.action)] : [])));
    const gone = [...buttons].filter(([key]) => !offered.has(key));
    const unread = offers
      .filter(({ control }) => control !== 'text')
      .flatMap(actionsOf)
      .filter((action) => !isSame(lab.readAction(JSON.parse(JSON.stringify(action))), action));
    return [
      ...(new Set(offers.map(({ id }) => id)).size < offers.length ? ['two offers with one id'] : []),
      ...unread.map((action) => `an offered action cannot be read: ${JSON.stringify(action)}`),
      ...gone.filter(([, action]) => !Object.is(lab.reduce(state, action), state)).map(([key]) => `an impossible action changes the state: ${key}`),
      ...offers.flatMap((offer) => (offer.control === 'text' && offer.examples.length === 0 ? [`offer ${offer.id} has no examples`] : [])),
    ];
  });
}

/** Ids ascend from 1, causes are earlier, chains end at the start or at the learner, the clock never goes back. */
export function sweepLog({ lab }: LabUnderTest, runs: readonly Run[]): Problems {
  const clock = runs.flatMap((run) =>
    run.history.branch.frames.some(({ atMs }, index, all) => atMs < (all[index - 1]?.atMs ?? atMs)) ? [`${run.name}: the clock goes back`] : [],
  );
  const log = inFrames(runs, ({ state }) => {
    const entries = lab.log(state, 0);
    const tail = lab.log(state, Math.floor(entries.length / 2));
    return [
      ...entries.flatMap((entry, index) => wrongEntry(entries, entry, index)),
      ...(isSame(
        tail,
        entries.filter(({ id }) => id > Math.floor(entries.length / 2)),
      )
        ? []
        : ['log(state, after) is not the rest of the log']),
    ];
  });
  return [...clock, ...log];
}

function wrongEntry(entries: readonly LogEntry[], { id, cause, by }: LogEntry, index: number): Problems {
  if (id !== index + 1) return [`entry ${index + 1} has the id ${id}`];
  if (cause === undefined) return by === 'lab' ? [`entry ${id} of the lab has no cause`] : [];
  if (cause >= id) return [`entry ${id} has the later cause ${cause}`];
  const last = causesOf(entries, id).at(-1);
  return last?.by === 'lab' ? [`the causes of entry ${id} end at ${last.id}, which nobody caused`] : [];
}

/** The end of every solution goes through a link and comes back to the same state. */
export async function sweepLinks(under: LabUnderTest, runs: readonly Run[]): Promise<Problems> {
  const problems = await Promise.all(
    runs.map(async ({ name, history }) => {
      const [scenarioId = ''] = name.split(', ');
      const scenario = under.scenarios[scenarioId];
      if (!scenario) return `${name}: no scenario`;
      const experiment = experimentOf({ lab: under.id, scenario: scenarioId }, seek(history, lastOf(history.branch)), scenario.texts);
      const read = readExperiment((await decodeFragment(await encodeExperiment(experiment))) ?? '', under.lab, under.id, Object.keys(under.scenarios));
      if (!read.ok) return `${name}: ${read.message}`;
      const begun = setUp(under.reader, { ...scenario.texts, ...read.experiment.texts }, read.experiment.seed);
      if (!begun.ok) return `${name}: the texts of the link cannot be read`;
      const again = seek(playMoves(under.lab, under.reader, beginWhole(under.lab, begun.setup), read.experiment.moves).history, read.experiment.frame);
      return stateHash(frameOf(again).state) === experiment.hash ? undefined : `${name}: the link leads to another state`;
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}

/** What a lab says about itself. */
export function sweepMeta(under: LabUnderTest): Problems {
  const { lab, scenarios } = under;
  const starts = Object.values(scenarios).map((scenario) => lab.start(setupOf(under, scenario).input, scenario.seed));
  const { title, question, summary, minutes, catalogue, modelled, notModelled, compares = [] } = lab.meta;
  return [
    ...[title, question, summary].filter((text) => text.trim() === '').map(() => 'an empty title, question or summary'),
    ...(minutes > 0 ? [] : ['no minutes']),
    ...(catalogue.startsWith('lab.') ? [] : ['no catalogue id']),
    ...(modelled.length > 0 && notModelled.length > 0 ? [] : ['what is modelled, or what is not, is missing']),
    ...(Object.keys(scenarios).length > 0 ? [] : ['no scenario']),
    ...Object.values(lab.parts).flatMap(({ label, bytesMax }) => (label.trim() !== '' && bytesMax > 0 ? [] : ['a part without a label or a bound'])),
    ...compares.flatMap((id) =>
      starts.some((state) => lab.offers(state).some((offer) => offer.id === id && offer.control === 'choice'))
        ? []
        : [`no scenario offers the choice ${id} to compare`],
    ),
  ];
}
