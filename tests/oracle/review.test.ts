import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../labs/engine/patch/json.ts';
import { createCluster } from '../../labs/engine/loop/cluster.ts';
import { allAdmission, allKinds } from '../../labs/engine/review/all.ts';
import { requestDecoder } from '../../labs/kit/cluster-lab/decode-request.ts';
import { allTables } from '../../labs/reading/all-tables.ts';
import { readManifests } from '../../labs/reading/manifests.ts';
import { createReview } from '../../labs/engine/review/review.ts';
import { compareFile, judge } from './compare-file.ts';
import { comparedManifest, defaultingComparator, manifestComparator } from './review-comparator.ts';
import { isReviewed } from './review-runner.ts';
import { manifestsOf, type RecordedDefaultings, type RecordedSessions } from './review-recording.ts';
import { leavesOf } from './leaves.ts';

const recorded = (name: string): string => path.join(import.meta.dirname, 'recorded', name);
const read = (name: string): unknown => JSON.parse(readFileSync(recorded(name), 'utf8'));
const defaultings = read('defaulting.json') as RecordedDefaultings;
const sessions = read('broken-manifests.json') as RecordedSessions;

describe('what the API server makes of manifests agrees with the recordings', () => {
  test.each(['defaulting.json', 'broken-manifests.json'])('%s', (name) => {
    const disagreements = compareFile(recorded(name)).cases.flatMap(({ id, disagreements: found }) => found.map((each) => ({ id, ...each })));
    expect(disagreements).toEqual([]);
  });

  test('what is not compared is known, with its reason', () => {
    const left = defaultings.defaulting.filter(({ manifest }) => !isReviewed(manifest)).map(({ id }) => id);
    // Kinds that no lab of the engine's has yet.
    expect(left).toEqual([
      ...['daemonset', 'job', 'job-parallel', 'cronjob', 'ingress', 'networkpolicy-egress', 'hpa-behavior', 'secret', 'rolebinding'],
      'pdb',
    ]);
    const manifests = manifestsOf(sessions).filter((each) => comparedManifest(each) === undefined);
    const byKubectl = manifests.filter(({ stderr }) => stderr.startsWith('error:')).map(({ id }) => id);
    expect(byKubectl).toEqual([
      ...['no-kind', 'no-apiversion', 'unknown-kind', 'wrong-version', 'deploy-v1', 'extensions', 'bad-yaml', 'tab-yaml', 'empty', 'not-object', 'pod-no-name'],
      ...['label-number', 'label-bool', 'errors-manifests-novalidate/6'],
    ]);
    const unknownFields = manifests.filter(({ stderr }) => stderr.includes('strict decoding error')).map(({ id }) => id);
    expect(unknownFields).toEqual(['ing-old-backend']);
    const otherKinds = manifests.map(({ id }) => id).filter((id) => !byKubectl.includes(id) && !unknownFields.includes(id));
    expect(otherKinds).toEqual([
      ...['job-restart', 'job-neg', 'cron-bad', 'cron-range', 'cron-tz', 'cron-tz-in-schedule', 'cron-long-name', 'ds-sel', 'ing-path', 'ing-no-pathtype'],
      ...['ing-empty', 'ing-host', 'netpol-cidr', 'netpol-mix', 'netpol-type', 'hpa-minmax', 'pdb-both', 'secret-data', 'secret-tls'],
      ...['role-noverbs', 'rb-noref', 'rb-kind'],
    ]);
  });

  test.each([
    ['defaulting', defaultingComparator, defaultings],
    ['manifests', manifestComparator, sessions],
  ] as const)('a changed leaf of a recorded answer disagrees: %s', (_name, comparator, content) => {
    for (const compared of comparator.compare(content)) {
      const count = judge(compared, comparator).compared;
      let spoiled = 0;
      for (const where of leavesOf(compared.expected).keys()) {
        const expected = spoil(compared.expected, where.split('.'));
        if (judge({ ...compared, expected }, comparator).disagreements.length > 0) spoiled += 1;
      }
      expect(spoiled, compared.id).toBe(count);
    }
  });

  test('other names give the same answers with other names', () => {
    const renamed = (text: string): string => text.replaceAll('"x"', '"other-name"').replaceAll('"c"', '"main"');
    const content = JSON.parse(renamed(JSON.stringify({ defaulting: defaultings.defaulting }))) as RecordedDefaultings;
    for (const compared of defaultingComparator.compare(content)) expect(judge(compared, defaultingComparator).disagreements, compared.id).toEqual([]);
    const manifests = JSON.parse(
      JSON.stringify(sessions)
        .replaceAll('{name: a', '{name: other-name')
        .replaceAll(String.raw`\"a\" is invalid`, String.raw`\"other-name\" is invalid`)
        .replaceAll('/a created', '/other-name created'),
    ) as RecordedSessions;
    for (const compared of manifestComparator.compare(manifests)) expect(judge(compared, manifestComparator).disagreements, compared.id).toEqual([]);
  });
});

test('what was stored is stored again as it is', () => {
  const engine = createCluster({ controllers: [], review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables) }) });
  const manifests = defaultings.defaulting.map(({ manifest }) => manifest).filter(isReviewed);
  for (const manifest of manifests) {
    const first = engine.request(engine.start({ seed: '1' }), { verb: 'create', object: manifest }, { text: 'creates' });
    const { answer } = first;
    if (!answer.ok) throw new Error(answer.error.message);
    const second = engine.request(first.cluster, { verb: 'update', object: JSON.parse(JSON.stringify(answer.object)) as JsonObject }, { text: 'updates' });
    expect(second.answer, JSON.stringify(manifest)).toEqual(answer);
    expect(second.cluster.store, JSON.stringify(manifest)).toBe(first.cluster.store);
  }
});

test('what the reader gives needs no decoder: the same is stored as of the raw object', () => {
  const without = createCluster({ controllers: [], review: createReview({ kinds: allKinds, admission: allAdmission }) });
  const withDecoder = createCluster({
    controllers: [],
    review: createReview({ kinds: allKinds, admission: allAdmission, decode: requestDecoder(allTables) }),
  });
  const manifests = defaultings.defaulting.map(({ manifest }) => manifest).filter(isReviewed);
  for (const manifest of manifests) {
    const { objects, errors } = readManifests(JSON.stringify(manifest), allTables);
    expect(errors).toEqual([]);
    const [read, raw] = [
      without.request(without.start({ seed: '1' }), { verb: 'create', object: objects[0]!.value }, { text: 'creates' }),
      withDecoder.request(withDecoder.start({ seed: '1' }), { verb: 'create', object: manifest }, { text: 'creates' }),
    ];
    expect(raw.answer.ok, JSON.stringify(manifest)).toBe(true);
    expect(read.answer).toEqual(raw.answer);
  }
});

/** A copy in which the value at a path is another one. */
function spoil(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part === undefined) return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : typeof value === 'string' ? `${value}x` : ['x'];
  if (Array.isArray(value)) return value.map((held: unknown, index) => (String(index) === part ? spoil(held, rest) : held));
  // A field's name may itself contain dots.
  const fields = value as Readonly<Record<string, unknown>>;
  const names = [part, ...rest].map((_, index, parts) => parts.slice(0, index + 1).join('.'));
  const found = names.findLastIndex((name) => Object.hasOwn(fields, name));
  return { ...fields, [names[found] ?? part]: spoil(fields[names[found] ?? part], [part, ...rest].slice(found + 1)) };
}
