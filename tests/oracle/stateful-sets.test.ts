import { describe } from 'vitest';
import { statefulSetsComparator } from './stateful-sets-comparator.ts';
import { describeAgreement } from './workloads-agreement.ts';

describe('stateful-sets.json, recorded from v1.36', () => {
  describeAgreement({ file: 'stateful-sets.json', comparator: { ...statefulSetsComparator, shape: 'stateful-sets' }, renamed: ['db', 'store'] });
});
