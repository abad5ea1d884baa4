import { expect, test } from 'vitest';
import { checkPrograms } from './check-programs.ts';

test('400 random programs about workloads: nothing throws, no invariant breaks, all end, and a second look writes nothing', { timeout: 120_000 }, () => {
  const { programs, settled, events } = checkPrograms('workloads', 400);
  expect(programs).toBeGreaterThanOrEqual(400);
  expect(settled).toBeGreaterThan(programs / 3);
  // The programs reach what they are about.
  for (const reason of ['ScalingReplicaSet', 'SuccessfulCreate', 'SuccessfulDelete', 'Started', 'NodeNotReady', 'TaintManagerEviction', 'Preempted'])
    expect([reason, (events.get(reason) ?? 0) > 5]).toEqual([reason, true]);
});
