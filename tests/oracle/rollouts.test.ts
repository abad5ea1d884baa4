import { describe } from 'vitest';
import { rolloutsComparator } from './rollouts-comparator.ts';
import { describeAgreement } from './workloads-agreement.ts';

describe('rollouts.json, recorded from v1.36', () => {
  describeAgreement({ file: 'rollouts.json', comparator: { ...rolloutsComparator, shape: 'rollouts' }, renamed: ['web', 'shop'] });
});
