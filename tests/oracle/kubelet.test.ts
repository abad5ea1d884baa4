import { describe } from 'vitest';
import { kubeletComparator } from './kubelet-comparator.ts';
import { describeAgreement } from './workloads-agreement.ts';

describe('kubelet.json, recorded from v1.36', () => {
  describeAgreement({ file: 'kubelet.json', comparator: { ...kubeletComparator, shape: 'kubelet' }, renamed: ['app', 'main'] });
});
