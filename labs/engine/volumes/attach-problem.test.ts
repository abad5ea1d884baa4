import { expect, test } from 'vitest';
import type { AccessMode, PersistentVolume } from '../api/cluster-kinds.ts';
import { attachProblem } from './attach-problem.ts';
import { volumeNamed } from './example-storage.ts';

const disk = { name: 'disk.example.com' };
const refusals: readonly (readonly [modes: AccessMode[], holder: string | undefined, expected: string | undefined])[] = [
  [['ReadWriteOnce'], undefined, undefined],
  [['ReadWriteOncePod'], undefined, undefined],
  [['ReadWriteOnce'], 'n1', 'FailedPrecondition'],
  [['ReadWriteMany'], undefined, 'InvalidArgument'],
  [['ReadWriteOnce', 'ReadWriteMany'], undefined, 'InvalidArgument'],
  [['ReadOnlyMany'], undefined, 'InvalidArgument'],
  [['ReadWriteOnce', 'ReadOnlyMany'], undefined, 'CSI does not support'],
  [['ReadWriteOncePod', 'ReadWriteOnce'], undefined, 'Kubernetes does not support'],
];
const volumeWith = (modes: readonly AccessMode[]) =>
  volumeNamed('v', { modes, spec: { csi: { driver: disk.name, volumeHandle: 'h' } } }) as unknown as PersistentVolume;

test.each(refusals)('a disk with %j, held by %s: %s', (modes, holder, expected) => {
  const problem = attachProblem(volumeWith(modes), disk, holder);
  if (expected === undefined) expect(problem).toBeUndefined();
  else expect(problem!.message).toContain(expected);
});

test.each<[AccessMode[], string | undefined]>([
  [['ReadWriteOnce', 'ReadWriteMany'], undefined],
  [['ReadOnlyMany'], undefined],
  [['ReadWriteOnce'], 'rpc error: code = FailedPrecondition desc = volume h is published to node n1'],
])('files with %j, held by another node: %s', (modes, expected) => {
  const files = { name: 'files.example.com', accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] } as const;
  expect(attachProblem(volumeWith(modes), files, 'n1')?.message).toBe(expected);
});
