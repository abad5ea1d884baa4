import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { h } from 'preact';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnyLab, AnyReader, LogEntry, Replay, Telling, Scenario } from '../labs/lab.ts';
import { readScenario } from '../labs/reading/scenario.ts';
import type { View } from '../src/lab-player/components/player.ts';
import type { Act, OpaqueLab } from '../src/lab-player/opaque.ts';
import { sweepReplay } from './labs-replay.ts';
import { runsOf, setupOf, type LabUnderTest, type Run } from './labs-runs.ts';
import {
  actionsOf,
  frozen,
  sweepExplain,
  sweepFrozen,
  sweepGoals,
  sweepInvariants,
  sweepLinks,
  sweepLog,
  sweepMeta,
  sweepOffers,
  sweepPlain,
  sweepShown,
  sweepWrong,
} from './labs-sweeps.ts';

const machines = import.meta.glob<AnyLab>(['../labs/*/lab.ts', './fixtures/*/lab.ts'], { import: 'default' });
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- States are opaque here.
const replays = import.meta.glob<Replay<string, any, any>>(['../labs/*/replay.ts', './fixtures/*/replay.ts'], { import: 'default' });
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- As above.
const tellings = import.meta.glob<Telling<string, any, any>>(['../labs/*/telling.ts', './fixtures/*/telling.ts'], { import: 'default' });
const readers = import.meta.glob<AnyReader>(['../labs/*/read.ts', './fixtures/*/read.ts'], { import: 'default' });
const views = import.meta.glob<View>(['../labs/*/view.tsx', './fixtures/*/view.tsx'], { import: 'default' });
const scenarioPaths = Object.keys(import.meta.glob(['../labs/*/scenarios/*.yaml', './fixtures/*/scenarios/*.yaml'], { query: '?raw' }));

async function load(path: string): Promise<LabUnderTest> {
  const folder = path.slice(0, -'/lab.ts'.length);
  const [lab, reader, view, replay, telling] = await Promise.all([
    machines[path]?.(),
    readers[`${folder}/read.ts`]?.(),
    views[`${folder}/view.tsx`]?.(),
    replays[`${folder}/replay.ts`]?.(),
    tellings[`${folder}/telling.ts`]?.(),
  ]);
  if (!lab || !reader || !view) throw new Error(`${folder} needs lab.ts, read.ts and view.tsx`);
  const entries = scenarioPaths
    .filter((file) => file.startsWith(`${folder}/scenarios/`))
    .map((file): readonly [string, Scenario] => {
      const read = readScenario(readFileSync(new URL(file, import.meta.url), 'utf8'), lab);
      if (!read.ok) throw new Error(`${file}: ${read.message}`);
      return [file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length), read.scenario];
    });
  return {
    id: folder.slice(folder.lastIndexOf('/') + 1),
    lab: lab as OpaqueLab,
    reader,
    view,
    scenarios: Object.fromEntries(entries),
    ...(replay && { replay: { ...replay, ...telling } }),
  };
}

/** Random runs over all labs together; each is at most `stepsMax` long. */
const randomRuns = 500;
const stepsMax = 40;
const labPaths = Object.keys(machines);

describe.each(labPaths)('%s', (path) => {
  let under: LabUnderTest;
  let runs: readonly Run[];
  beforeAll(async () => {
    under = await load(path);
    runs = runsOf(under);
  });
  test('says what it is about and what it leaves out', () => {
    expect(sweepMeta(under)).toEqual([]);
  });
  test('goals are open at the start and met by every solution, each in its own way', () => {
    expect(sweepGoals(under)).toEqual([]);
  });
  test('every wrong attempt fails with its diagnosis, with and without a detour', () => {
    expect(sweepWrong(under)).toEqual([]);
  });
  test('invariants hold in every frame', () => {
    expect(sweepInvariants(under, runs)).toEqual([]);
  });
  test('“why?” answers for everything that can be pointed at', () => {
    expect(sweepExplain(under, runs)).toEqual([]);
  });
  test('pictures and tables may stand in a page', () => {
    expect(sweepShown(under, runs)).toEqual([]);
  });
  test('runs repeat, and states are plain data', () => {
    expect(sweepPlain(under, runs)).toEqual([]);
  });
  test('a run is shown without the models as with them', () => {
    expect(sweepReplay(under, runs)).toEqual([]);
  });
  test('no state is changed in place', () => {
    expect(sweepFrozen(under)).toEqual([]);
  });
  test('offers can be read back, and impossible actions change nothing', () => {
    expect(sweepOffers(under, runs)).toEqual([]);
  });
  test('the log is in order and every chain of causes ends', () => {
    expect(sweepLog(under, runs)).toEqual([]);
  });
  test('links lead back to the same state', async () => {
    expect(await sweepLinks(under, runs)).toEqual([]);
  });
  test('random actions never break it', () => {
    const lab = frozen(under.lab);
    const scenarios = Object.values(under.scenarios);
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: stepsMax }), (first, choices) => {
        const scenario = scenarios[first % scenarios.length]!;
        let state = lab.start(setupOf(under, scenario).input, scenario.seed);
        for (const [which, how] of choices) {
          const before = lab.clockMs(state);
          state = oneStep(lab, state, which, how);
          expect(lab.clockMs(state)).toBeGreaterThanOrEqual(before);
          for (const [name, holds] of Object.entries(lab.invariants)) expect([name, holds(state)]).toEqual([name, undefined]);
          lab.describe(state);
        }
      }),
      { numRuns: Math.ceil(randomRuns / labPaths.length) },
    );
  });
});

/** Either what happens next, or one of the offered actions. */
function oneStep(lab: OpaqueLab, state: unknown, which: number, how: number): unknown {
  const offered = lab.offers(state).flatMap(actionsOf);
  const action: Act | undefined = which % 3 === 0 ? lab.next(state) : lab.readAction(offered[how % Math.max(1, offered.length)]);
  return action ? lab.reduce(state, action) : state;
}

describe('the sweeps see a planted fault', () => {
  let fixture: LabUnderTest;
  beforeAll(async () => {
    fixture = await load('./fixtures/retry-client/lab.ts');
  });
  interface Retry {
    readonly attempts: number;
    readonly entries: readonly object[];
  }
  const bad = (lab: Partial<OpaqueLab>): LabUnderTest => ({ ...fixture, lab: { ...fixture.lab, ...lab } });
  /** A lab whose reduce does something more. */
  const after = (change: (state: Retry) => unknown): LabUnderTest => bad({ reduce: (state, action) => change(fixture.lab.reduce(state, action) as Retry) });

  const faults: readonly (readonly [string, () => readonly string[] | Promise<readonly string[]>, RegExp])[] = [
    [
      'a goal that holds from the start',
      () =>
        sweepGoals(
          bad({
            checks: {
              answered: () => ({ met: true, because: '' }),
              'gave-up': () => ({ met: false, because: '' }),
              'few-attempts': () => ({ met: true, because: '' }),
            },
          }),
        ),
      /solved by doing nothing/,
    ],
    [
      'a goal that no solution meets',
      () => sweepGoals(bad({ checks: { ...fixture.lab.checks, answered: () => ({ met: false, because: 'never' }) } })),
      /not met/,
    ],
    [
      'two solutions that are one',
      () =>
        sweepGoals({
          ...fixture,
          scenarios: Object.fromEntries(
            Object.entries(fixture.scenarios).map(([id, scenario]) => [
              id,
              { ...scenario, solutions: scenario.solutions.flatMap((solution) => [solution, solution]) },
            ]),
          ),
        }),
      /same texts and acts/,
    ],
    ['a diagnosis that never comes', () => sweepWrong(bad({ diagnoses: { 'gave-up-too-early': { when: () => false, text: '' } } })), /no diagnosis/],
    [
      'a broken invariant',
      () => sweepInvariants(bad({ invariants: { 'no second attempt': (state) => ((state as Retry).attempts > 1 ? 'two' : undefined) } }), runsOf(fixture)),
      /no second attempt: two/,
    ],
    ['a subject without an answer', () => sweepExplain(bad({ explain: () => undefined }), runsOf(fixture)), /no answer to why client/],
    [
      'an answer with a cause that is not there',
      () => sweepExplain(bad({ explain: () => ({ title: 't', because: 'b', cause: 999 }) }), runsOf(fixture)),
      /999/,
    ],
    ['a style in the picture', () => sweepShown({ ...fixture, view: () => h('p', { style: 'color: red' }) }, runsOf(fixture)), /inline style/],
    [
      'a table with a torn row',
      () =>
        sweepShown(
          bad({ describe: () => ({ headline: 'x', facts: [], tables: [{ id: 't', caption: 'c', columns: [{ label: 'a' }], rows: [{ cells: [] }] }] }) }),
          runsOf(fixture),
        ),
      /number of cells/,
    ],
    [
      'a property that JSON drops',
      () => {
        const lab = after((state) => ({ ...state, gone: undefined }));
        return sweepPlain(lab, runsOf(lab));
      },
      /round trip changes the state/,
    ],
    [
      'a map in the state',
      () => {
        const lab = after((state) => ({ ...state, map: new Map() }));
        return sweepPlain(lab, runsOf(lab));
      },
      /round trip changes the state/,
    ],
    [
      'chance outside the state',
      () => {
        const lab = after((state) => ({ ...state, chance: Math.random() }));
        return sweepPlain(lab, runsOf(lab));
      },
      /a second run differs/,
    ],
    [
      'a state changed in place',
      () => sweepFrozen(bad({ reduce: (state, action) => fixture.lab.reduce(Object.assign(state as Retry, { touched: 1 }), action) })),
      /changed in place/,
    ],
    ['an action that cannot be read', () => sweepOffers(bad({ readAction: () => undefined }), runsOf(fixture)), /cannot be read/],
    [
      'an impossible action that does something',
      () =>
        sweepOffers(
          after((state) => ({ ...state })),
          runsOf(fixture),
        ),
      /impossible action/,
    ],
    ['a log with a hole', () => sweepLog(bad({ log: (state, since) => fixture.lab.log(state, since).slice(1) }), runsOf(fixture)), /has the id/],
    [
      'an event without a cause',
      () =>
        sweepLog(
          bad({ log: (state, since) => fixture.lab.log(state, since).map((entry) => ({ ...entry, cause: undefined }) as unknown as LogEntry) }),
          runsOf(fixture),
        ),
      /has no cause/,
    ],
    [
      'a cause in the future',
      () => sweepLog(bad({ log: (state, since) => fixture.lab.log(state, since).map((entry) => ({ ...entry, cause: entry.id + 1 })) }), runsOf(fixture)),
      /later cause/,
    ],
    [
      'a clock that goes back',
      () => {
        const lab = bad({ clockMs: (state) => -fixture.lab.clockMs(state) });
        return sweepLog(lab, runsOf(lab));
      },
      /the clock goes back/,
    ],
    [
      'a replay that steps otherwise',
      () =>
        sweepReplay(
          { ...fixture, replay: { ...fixture.lab, reduce: (state, action) => ({ ...(fixture.lab.reduce(state, action) as Retry), extra: 1 }) } },
          runsOf(fixture),
        ),
      /steps to another state, at \/extra/,
    ],
    [
      'a replay that says something else',
      () => sweepReplay({ ...fixture, replay: { ...fixture.lab, describe: () => ({ headline: 'Otherwise', facts: [], tables: [] }) } }, runsOf(fixture)),
      /describes otherwise, at \/headline/,
    ],
    ['a replay that takes acts', () => sweepReplay({ ...fixture, replay: fixture.lab }, runsOf(fixture)), /takes the learner/],
    ['a lab that hides what it leaves out', () => sweepMeta(bad({ meta: { ...fixture.lab.meta, notModelled: [] } })), /is missing/],
    ['a comparison that is not offered', () => sweepMeta(bad({ meta: { ...fixture.lab.meta, compares: ['library'] } })), /library to compare/],
    [
      'a link to another state',
      () => {
        let runs = 0;
        return sweepLinks(bad({ start: (input, seed) => ({ ...(fixture.lab.start(input, seed) as Retry), runs: runs++ }) }), runsOf(fixture));
      },
      /another state/,
    ],
  ];
  test.each(faults)('%s', async (_, sweep, message) => {
    expect((await sweep()).join('\n')).toMatch(message);
  });
});
