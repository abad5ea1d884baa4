import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldTables } from './fields-tables.ts';
import { errorAt } from './manifests-causes.ts';
import { readManifests } from './manifests.ts';
import { usualBounds } from './read-yaml.ts';
import { metaTypes } from './tables/meta.ts';
import { podTypes } from './tables/pod.ts';
import { volumeTypes } from './tables/volume.ts';
import { claimText as claim } from './testing.ts';

const tables = fieldTables([metaTypes, podTypes, volumeTypes]);
const read = (text: string) => readManifests(text, tables);
const pod = (spec: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: ${spec}\n`;

describe('bounds', () => {
  test('too large, too many documents, too many values and too many mistakes are errors', () => {
    expect(readManifests('#'.repeat(200), tables, { ...usualBounds, bytesMax: 100 }).errors[0]?.message).toContain('too large');
    expect(readManifests(`${pod('{}')}---\n`.repeat(5), tables, { ...usualBounds, documentsMax: 3 }).errors).toEqual([
      expect.objectContaining({ line: 16, message: 'there are too many documents here' }),
    ]);
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n---\n`;
    expect(readManifests(bomb.repeat(50), tables).errors.map(({ message }) => message)).toContain('there are too many values in these documents');
    const { errors } = read(pod(`{${Array.from({ length: 300 }, (_, index) => `f${index}: 1`).join(', ')}}`));
    expect(errors).toHaveLength(50);
    expect(errors.flatMap(({ kubectl }) => kubectl?.match(/unknown field/gu) ?? [])).toHaveLength(100);
  });
  test('random texts, and manifests with a part changed at random, never throw; an error has a place in the text', () => {
    const manifests = [
      claim,
      pod('{containers: [{name: c, ports: [{containerPort: 80}], env: [{name: a, value: b}]}], volumes: [{name: v, emptyDir: {sizeLimit: 1Gi}}]}'),
    ];
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '---\n',
        '- ',
        ': ',
        '{',
        '}',
        '[',
        ']',
        '&a ',
        '*a',
        '"',
        "'",
        '\n',
        '\t',
        'null',
        '1e999',
        '!!binary ',
        '__proto__: 1\n',
        'constructor: {}\n',
        '=',
        '?',
      ),
    );
    const changed = fc.tuple(fc.constantFrom(...manifests), fc.nat(), fc.nat(20), part).map(([text, at, length, inserted]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + inserted + text.slice(start + length);
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), changed), (text) => {
        const { objects, errors } = read(text);
        const lines = text.split('\n').length;
        for (const { line, column } of errors) expect(line >= 1 && line <= lines && column >= 1).toBe(true);
        for (const object of objects)
          for (const error of errorAt(object, [{ field: 'spec.containers[0].x[y.z]', message: 'Invalid value: "c": no' }]))
            expect(error.line).toBeLessThanOrEqual(lines);
      }),
      { numRuns: 600 },
    );
  });
  test('random objects of every shape never throw', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        read(pod(json));
        read(`apiVersion: v1\nkind: Pod\nmetadata: ${json}\n`);
        read(json);
      }),
      { numRuns: 300 },
    );
  });
});
