import { describe, expect, test } from 'vitest';
import { fieldTables } from './fields-tables.ts';
import { errorAt } from './manifests-causes.ts';
import { readManifests } from './manifests.ts';
import { metaTypes } from './tables/meta.ts';
import { podTypes } from './tables/pod.ts';
import { volumeTypes } from './tables/volume.ts';
import { claimText as claim } from './testing.ts';

describe('answers of validation get places', () => {
  const [manifest] = readManifests(claim, fieldTables([metaTypes, podTypes, volumeTypes])).objects;
  const at = (field: string, message: string) => errorAt(manifest!, [{ field, message }])[0]!;
  test.each([
    ['spec.resources.requests[storage]', 'Invalid value: "1Gi": must be more', 11, 16],
    ['spec.resources[requests][storage]', 'Required value', 11, 16],
    ['spec.accessModes[1]', 'Unsupported value: "ReadWriteTwice": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce"', 7, 32],
    ['spec.accessModes', 'Required value: at least 1 access mode is required', 7, 3],
    ['metadata.labels', 'Invalid value: "a b": a valid label must be an empty string', 5, 40],
    ['metadata.labels', 'Invalid value: "example.com/tier": name part must', 5, 22],
    ['metadata.labels.example.com/tier', 'Invalid value: "x": y', 5, 40],
    ['spec.selector', 'Required value', 6, 1],
    ['spec.resources.limits[cpu]', 'Forbidden: no', 9, 3],
    ['spec', 'Forbidden: spec is immutable after creation', 6, 1],
    ['', 'odd', 2, 1],
    ['nowhere[3].at.all', 'odd', 2, 1],
  ])('%s: %s', (field, message, line, column) => {
    expect(at(field, message)).toMatchObject({ line, column });
  });
  test('that stand in the text, though they are left out when it is stored', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: c\n    image: ""\n';
    const [pod] = readManifests(text, fieldTables([metaTypes, podTypes, volumeTypes])).objects;
    expect(errorAt(pod!, [{ field: 'spec.containers[0].image', message: 'Required value' }])[0]).toMatchObject({ line: 7, column: 12 });
  });
  test('with what is expected, and the nearest value', () => {
    const one = at('spec.volumeMode', 'Unsupported value: "filesystem": supported values: "Block", "Filesystem"');
    expect(one).toMatchObject({ line: 8, expected: 'one of Block, Filesystem', hint: 'Did you mean Filesystem?' });
    expect(at('spec.x', 'Required value: can not be empty').expected).toBe('can not be empty');
    expect(at('spec.x', 'Invalid value: -1: must be greater than or equal to 0').expected).toBe('must be greater than or equal to 0');
  });
  test("kubectl's sentence stands at the first: alone on a line, several as a list", () => {
    const causes = [
      { field: 'spec.a', message: 'Required value' },
      { field: 'spec.b', message: 'Forbidden: no' },
    ];
    expect(errorAt(manifest!, causes).map(({ kubectl }) => kubectl)).toEqual([
      'The PersistentVolumeClaim "data" is invalid: \n* spec.a: Required value\n* spec.b: Forbidden: no',
      undefined,
    ]);
    expect(errorAt(manifest!, causes.slice(1))[0]?.kubectl).toBe('The PersistentVolumeClaim "data" is invalid: spec.b: Forbidden: no');
  });
});
