import { describe, expect, test } from 'vitest';
import { reduce, start } from './acts.ts';
import { currentRun, type Action, type State } from './state.ts';
import { isFinished } from './run.ts';
import { clockMs, next } from './steps.ts';
import { inputOf, settled, settledScenario } from './testing.ts';

const begin = (scenario = 'svc1-dev'): State => start(inputOf(scenario), 1);

function steps(state: State, count: number): State {
  let current = state;
  for (let step = 0; step < count; step += 1) {
    const action = next(current);
    if (action !== undefined) current = reduce(current, action);
  }
  return current;
}

test('a lookup ends and then nothing more happens', () => {
  const end = settled(begin());
  expect(isFinished(currentRun(end))).toBe(true);
  expect(next(end)).toBeUndefined();
  expect(reduce(end, { type: 'advance' })).toBe(end);
});

test('each name of the scenario table is asked in the order of the search list', () => {
  const names = [...new Set(currentRun(settled(begin())).trace.queries.map((query) => query.qname))];
  expect(names).toEqual(['svc1.dev.default.svc.cluster.local.', 'svc1.dev.svc.cluster.local.']);
});

describe('what cannot be done changes nothing', () => {
  const state = begin();
  test.each<Action>([
    { type: 'ask', name: 'svc1.dev' },
    { type: 'library', library: 'glibc-2.36' },
    { type: 'family', family: 'A and AAAA' },
    { type: 'server', server: '10.96.0.10', behaviour: 'answers' },
    { type: 'server', server: '198.51.100.1', behaviour: 'silent' },
  ])('$type', (action) => {
    expect(reduce(state, action)).toBe(state);
  });
});

describe('a server that changes in the middle of a lookup', () => {
  const middle = steps(begin(), 4);
  const changed = reduce(middle, { type: 'server', server: '10.96.0.10', behaviour: 'silent' });

  test('leaves the past as it was', () => {
    const [before, after] = [currentRun(middle), currentRun(changed)];
    expect(after.trace.events.slice(0, before.shown)).toEqual(before.trace.events.slice(0, before.shown));
  });

  test('changes the rest', () => {
    expect(currentRun(settled(changed)).trace.result.code).toBe('EAI_AGAIN');
    expect(currentRun(settled(middle)).trace.result.code).toBe('OK');
  });

  test('can change back before it hurts', () => {
    const back = reduce(changed, { type: 'server', server: '10.96.0.10', behaviour: 'answers' });
    expect(currentRun(settled(back)).trace.result).toEqual(currentRun(settled(middle)).trace.result);
  });
});

test('another name is a new lookup at the present time, caused by the learner', () => {
  const first = settled(begin());
  const asked = settled(reduce(first, { type: 'ask', name: 'svc2.acc' }));
  const act = asked.entries.findIndex((entry) => entry.by === 'learner');
  expect(asked.entries[act]?.text).toBe('You ask for svc2.acc');
  expect(asked.entries[act + 1]?.cause).toBe(act + 1);
  expect(currentRun(asked).startMs).toBe(clockMs(first));
  expect(currentRun(asked).trace.result.addresses).toEqual(['10.96.77.8']);
});

test('asking for something else in the middle gives the lookup up', () => {
  const asked = reduce(steps(begin(), 3), { type: 'ask', name: 'svc1' });
  expect(asked.runs.map((run) => run.abandoned)).toEqual([true, false]);
});

test('a choice before the first step replaces the lookup', () => {
  const asked = reduce(begin(), { type: 'family', family: 'A only' });
  expect(asked.runs).toHaveLength(1);
  expect(currentRun(settled(asked)).trace.queries.every((query) => query.qtype === 'A')).toBe(true);
});

test('the number of lookups in one history is bounded', () => {
  let state = begin();
  for (let index = 0; index < 60; index += 1) state = reduce(settled(state), { type: 'ask', name: `name-${index}` });
  expect(state.runs.length).toBe(40);
});

// Reference table of the catalogue: type, file and zone as in the course's example, A queries only.
describe('the names asked, in order', () => {
  const full = (labels: string): string => `${labels}.svc.cluster.local.`;
  test.each([
    { name: 'ent', asked: [full('ent.default')] },
    { name: 'ent.', asked: ['ent.'] },
    { name: 'svc1', asked: [full('svc1.default'), 'svc1.svc.cluster.local.', 'svc1.cluster.local.', 'svc1.'] },
    {
      name: 'ent.default.svc.cluster.local',
      asked: [
        full('ent.default.svc.cluster.local.default'),
        'ent.default.svc.cluster.local.svc.cluster.local.',
        'ent.default.svc.cluster.local.cluster.local.',
        full('ent.default'),
      ],
    },
    { name: 'ent.default.svc.cluster.local.', asked: [full('ent.default')] },
    {
      name: 'www.example.com',
      asked: [full('www.example.com.default'), 'www.example.com.svc.cluster.local.', 'www.example.com.cluster.local.', 'www.example.com.'],
    },
  ])('$name', ({ name, asked }) => {
    const end = settledScenario('ent-own-namespace', { lookup: `name: ${name}\nfamily: A only\n` });
    expect(currentRun(end).trace.queries.map((query) => query.qname)).toEqual(asked);
  });
});
