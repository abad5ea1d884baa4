import type { AdmissionPlugin } from '../admission-plugin.ts';
import { objectAt, objectsAt, textAt } from '../read-fields.ts';

const key = 'node.kubernetes.io/not-ready';

/**
 * A new node takes no pods until it is ready. A node that is created as ready gets no taint: the node controller would take it away at once, and a
 * cluster without that controller would keep it for ever. Models plugin/pkg/admission/nodetaint.
 */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  kinds: ['Node'],
  mutate: ({ object, old }) => {
    const spec = objectAt(object, 'spec');
    const taints = objectsAt(spec, 'taints');
    const isReady = objectsAt(objectAt(object, 'status'), 'conditions').some((each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');
    const isTainted = taints.some((taint) => textAt(taint, 'key') === key && textAt(taint, 'effect') === 'NoSchedule');
    if (old !== undefined || isReady || isTainted) return object;
    return { ...object, spec: { ...spec, taints: [...taints, { key, effect: 'NoSchedule' }] } };
  },
};
