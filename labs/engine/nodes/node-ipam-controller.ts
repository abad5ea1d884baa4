import { isKind, listKind, getKind } from '../api/kinds.ts';
import { nothing, type Controller } from '../loop/controller.ts';
import { keyOf } from '../store/stored-object.ts';

/** So many ranges there are. */
const rangesMax = 256;

/**
 * Gives each node a /24 of 10.244.0.0/16 for its pods: the next free one in turn, so that what was freed last is used last. Models pkg/controller/nodeipam,
 * range allocator and cidrset AllocateNext.
 */
export const nodeIpamController: Controller = {
  name: 'node-ipam-controller',
  watches: ['Node'],
  delayMs: 0,
  enqueue: ({ object, type }) => (type === 'ADDED' && isKind(object, 'Node') && object.spec?.podCIDR === undefined ? [{ key: object.metadata.name }] : []),
  reconcile: (name, { store, memory }) => {
    const node = getKind(store, 'Node', name);
    if (node === undefined || node.spec?.podCIDR !== undefined) return nothing;
    const taken = new Set(listKind(store, 'Node').map(({ spec }) => spec?.podCIDR));
    const next = typeof memory === 'number' ? memory : 0;
    const turn = Array.from({ length: rangesMax }, (_, index) => (next + index) % rangesMax).find((index) => !taken.has(`10.244.${index}.0/24`));
    if (turn === undefined)
      return { steps: [{ about: node, type: 'Normal', reason: 'CIDRNotAvailable', message: `Node ${name} status is now: CIDRNotAvailable` }] };
    const range = `10.244.${turn}.0/24`;
    const patch = { spec: { podCIDR: range, podCIDRs: [range] } };
    const write = { verb: 'patch', key: keyOf(node), patchType: 'merge', patch } as const;
    return { steps: [{ write, text: `gives node ${name} the range ${range} for pods` }], memory: (turn + 1) % rangesMax };
  },
};
