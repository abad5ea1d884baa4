import { describe, expect, test } from 'vitest';
import { lateTexts, retryLab as lab, retryReader as reader, setupOf, shortTexts } from '../../tests/fixtures/retry-client/setup.ts';
import { formerScenarios } from './former-scenarios.ts';
import { frameOf, seek } from './history.ts';
import { decodeFragment, experimentLengthMax, presentId, readExperiment } from './link-reading.ts';
import { encodeExperiment, experimentOf, linkLengthMax, type Experiment } from './link.ts';
import { beginWhole, playMoves, setUp } from './moves.ts';
import { stateHash } from './state-hash.ts';

const names = { lab: 'retry-client', scenario: 'late-server' };
const history = playMoves(lab, reader, beginWhole(lab, { ...setupOf(shortTexts), seed: 7 }), [
  { run: { steps: 2 } },
  { act: { type: 'mend' } },
  { run: { steps: 1 } },
]).history;
const experiment = experimentOf(names, history, lateTexts);
const read = (value: unknown) => readExperiment(typeof value === 'string' ? value : JSON.stringify(value), lab, names.lab, [names.scenario]);

describe('an experiment', () => {
  test('goes through a link and comes back to the same state', async () => {
    const code = await encodeExperiment(experiment);
    expect(code).toMatch(/^d[\w-]+$/);
    const back = read((await decodeFragment(code)) ?? '');
    if (!back.ok) throw new Error(back.message);
    expect(back.experiment).toEqual(experiment);
    expect(back.experiment.seed).toBe(7);
    const begun = setUp(reader, { ...lateTexts, ...back.experiment.texts }, back.experiment.seed);
    if (!begun.ok) throw new Error('unreadable');
    const again = seek(playMoves(lab, reader, beginWhole(lab, begun.setup), back.experiment.moves).history, back.experiment.frame);
    expect(stateHash(frameOf(again).state)).toBe(experiment.hash);
  });
  test('is read where it is plain JSON, too: as a listing of a chapter links to it', async () => {
    const code = `j${Buffer.from(JSON.stringify(experiment)).toString('base64url')}`;
    expect(read((await decodeFragment(code)) ?? '')).toMatchObject({ ok: true, experiment });
  });
  test('of a listing keeps its file and the text that is shown', () => {
    const listing = { ...experiment, listing: 'cart-edge.yaml', part: 'server' };
    expect(read(listing)).toMatchObject({ ok: true, experiment: listing });
    expect(experimentOf({ ...names, listing: 'cart-edge.yaml' }, history, {})).toMatchObject({ listing: 'cart-edge.yaml' });
  });
  test('carries only the texts that were changed', () => {
    expect(experimentOf(names, history, shortTexts).texts).toBeUndefined();
    expect(Object.keys(experiment.texts ?? {})).toEqual(['client', 'server']);
  });
  test('a large text is too long for a link', async () => {
    const noise = Array.from({ length: 12_000 }, (_, index) => Math.imul(index + 7, 2_654_435_761) >>> 0).join();
    expect((await encodeExperiment({ ...experiment, texts: { client: noise } })).length).toBeGreaterThan(linkLengthMax);
  });
});

describe('a scenario that was renamed', () => {
  const linked = JSON.stringify({ ...experiment, scenario: 'server-late' });
  test('is found under the name that an old link has', () => {
    const opened = readExperiment(linked, lab, names.lab, [names.scenario], { 'server-late': names.scenario });
    expect(opened).toMatchObject({ ok: true, experiment: { scenario: names.scenario } });
  });
  test('is known to the page of its lab, and only there', () => {
    const renames = new Map([
      ['labs/retry-client/server-late', 'labs/retry-client/late-server'],
      ['labs/retry-client/old-yaml', 'labs/retry-client/new-yaml'],
      ['labs/retry-client#old', 'labs/retry-client#client'],
      ['labs/retry/a', 'labs/retry/late-server'],
    ]);
    expect(formerScenarios('retry-client', [{ id: 'late-server' }], renames)).toEqual({ 'server-late': 'late-server' });
    expect(formerScenarios('dns', [{ id: 'late-server' }], renames)).toBeUndefined();
  });
  test('is not taken for what every object has', () => {
    expect(presentId('constructor')).toBe('constructor');
    expect(presentId('toString', { a: 'b' })).toBe('toString');
    expect(readExperiment(linked, lab, names.lab, [names.scenario])).toMatchObject({ ok: false, message: expect.stringContaining('"server-late"') as string });
  });
});

describe('a link that anybody may have written', () => {
  const wrong = (change: Partial<Record<keyof Experiment, unknown>>) => ({ ...experiment, ...change });
  test.each<[string, unknown, string]>([
    ['cut', '{"version":1', 'not complete'],
    ['no object', '[]', 'no experiment'],
    ['another version', wrong({ version: 2 }), 'version 2'],
    ['another lab', wrong({ lab: 'dns' }), 'belongs to the lab "dns"'],
    ['an unknown scenario', wrong({ scenario: 'gone' }), 'no scenario "gone"'],
    ['a seed that is a text', wrong({ seed: '1' }), 'seed'],
    ['a frame below zero', wrong({ frame: -1 }), 'frame'],
    ['a frame beyond all bounds', wrong({ frame: 1e9 }), 'frame'],
    ['no fingerprint', wrong({ hash: 5 }), 'fingerprint'],
    ['a part that is not there', wrong({ texts: { nobody: '' } }), 'texts'],
    ['a listing that is no file', wrong({ listing: '<b>' }), 'neither a file nor a text'],
    ['a listing that is no text', wrong({ listing: 7 }), 'neither a file nor a text'],
    ['a shown part that is not there', wrong({ part: 'constructor' }), 'neither a file nor a text'],
    [
      'a part of the prototype',
      '{"version":1,"lab":"retry-client","scenario":"late-server","seed":1,"frame":0,"hash":"x","moves":[],"texts":{"__proto__":""}}',
      'texts',
    ],
    ['a text above its bound', wrong({ texts: { client: 'x'.repeat(401) } }), 'texts'],
    ['a text that is a number', wrong({ texts: { client: 1 } }), 'texts'],
    ['moves that are no list', wrong({ moves: {} }), 'moves'],
    ['too many moves', wrong({ moves: Array.from({ length: 501 }, () => ({ run: { steps: 1 } })) }), 'moves'],
    ['an action that the lab refuses', wrong({ moves: [{ act: { type: 'timeout', ms: 1e9 } }] }), 'move 1'],
    ['an action of the lab itself', wrong({ moves: [{ act: { type: 'advance' } }] }), 'move 1'],
    ['two moves in one', wrong({ moves: [{ act: { type: 'mend' }, run: { steps: 1 } }] }), 'move 1'],
    ['endless steps', wrong({ moves: [{ run: { steps: 1e12 } }] }), 'move 1'],
    ['an edit of a stranger', wrong({ moves: [{ edit: { nobody: 'x' } }] }), 'move 1'],
    ['a text that is too long altogether', ' '.repeat(experimentLengthMax + 1), 'longer than'],
  ])('%s is refused', (_, value, message) => {
    const result = read(value);
    expect(result.ok ? 'accepted' : result.message).toContain(message);
  });
  test.each(['', 'd', 'dAAAA', 'd!!!', 'j!!!', 'x123', 'd' + 'A'.repeat(5000)])('the fragment %s gives nothing that can be read', async (fragment) => {
    const text = await decodeFragment(fragment);
    expect(text === undefined || !read(text).ok).toBe(true);
  });
  test('a bomb is stopped while it inflates', async () => {
    const bytes = new Uint8Array(
      await new Response(new Blob(['a'.repeat(50_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer(),
    );
    const code = `d${Buffer.from(bytes).toString('base64url')}`;
    expect(code.length).toBeLessThan(experimentLengthMax);
    expect(await decodeFragment(code)).toBeUndefined();
  });
});

test('the fingerprint does not depend on the order of keys, and sees every leaf', () => {
  expect(stateHash({ a: 1, b: [2, { c: null }] })).toBe(stateHash({ b: [2, { c: null }], a: 1 }));
  expect(stateHash({ a: 1, b: [2, { c: null }] })).not.toBe(stateHash({ a: 1, b: [2, { c: false }] }));
  expect(stateHash({ a: undefined, b: 1 })).toBe(stateHash({ b: 1 }));
  expect(stateHash('')).toMatch(/^[0-9a-f]{16}$/);
});
