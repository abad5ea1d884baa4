import { expect, test } from 'vitest';
import { checkPrograms } from './check-programs.ts';

test('600 random programs about storage: nothing throws, no invariant breaks, all end, and a second look writes nothing', { timeout: 120_000 }, () => {
  const { programs, settled, events } = checkPrograms('storage', 600);
  expect(programs).toBeGreaterThanOrEqual(600);
  expect(settled).toBeGreaterThan(programs / 3);
  // The programs reach what they are about.
  for (const reason of ['ProvisioningSucceeded', 'SuccessfulAttachVolume', 'FailedBinding', 'WaitForFirstConsumer', 'VolumeMismatch', 'Started'])
    expect([reason, (events.get(reason) ?? 0) > 10]).toEqual([reason, true]);
});
