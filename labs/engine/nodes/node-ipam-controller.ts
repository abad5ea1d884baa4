import { getKind, isKind, listKind } from '../api/cluster-kinds.ts';
import { nothing, type Controller } from '../loop/controller.ts';
import { keyOf } from '../store/stored-object.ts';

/** Gives each node the first free /24 of 10.244.0.0/16 for its pods. Models pkg/controller/nodeipam, range allocator. */
export const nodeIpamController: Controller = {
  name: 'node-ipam-controller',
  watches: ['Node'],
  delayMs: 0,
  enqueue: ({ object, type }) => (type === 'ADDED' && isKind(object, 'Node') && object.spec?.podCIDR === undefined ? [{ key: object.metadata.name }] : []),
  reconcile: (name, { store }) => {
    const node = getKind(store, 'Node', name);
    if (node === undefined || node.spec?.podCIDR !== undefined) return nothing;
    const taken = new Set(listKind(store, 'Node').map(({ spec }) => spec?.podCIDR));
    const free = Array.from({ length: 256 }, (_, index) => `10.244.${index}.0/24`).find((range) => !taken.has(range));
    if (free === undefined)
      return { steps: [{ about: node, type: 'Normal', reason: 'CIDRNotAvailable', message: `Node ${name} status is now: CIDRNotAvailable` }] };
    const patch = { spec: { podCIDR: free, podCIDRs: [free] } };
    return { steps: [{ write: { verb: 'patch', key: keyOf(node), patchType: 'merge', patch }, text: `gives node ${name} the range ${free} for pods` }] };
  },
};
