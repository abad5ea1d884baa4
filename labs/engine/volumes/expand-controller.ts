import type { PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { isKind, getKind } from '../api/kinds.ts';
import { nothing, type Controller } from '../loop/controller.ts';
import { parseQuantity } from '../../reading/quantity.ts';
import { bySize, requestOf } from './volume-size.ts';
import { claimText } from './volume-steps.ts';

/** Whether a bound claim asks for more than it has. */
export function wantsMore(claim: PersistentVolumeClaim): boolean {
  const has = parseQuantity(claim.status?.capacity?.storage ?? '');
  return claim.status?.phase === 'Bound' && has.ok && bySize(requestOf(claim), has.quantity) > 0;
}

/**
 * Says that a claim waits to grow: no plugin that is compiled into the controller manager can expand any more, so the work is left to the driver's
 * resizer. Whether a claim may grow at all is decided at admission, by its class. Models pkg/controller/volume/expand.
 */
export const expandController: Controller = {
  name: 'volume_expand',
  watches: ['PersistentVolumeClaim'],
  delayMs: 10,
  enqueue: ({ type, object }) => (type !== 'DELETED' && isKind(object, 'PersistentVolumeClaim') && wantsMore(object) ? [{ key: claimText(object) }] : []),
  reconcile: (key, { store }) => {
    const [namespace = '', name = ''] = key.split('/');
    const claim = getKind(store, 'PersistentVolumeClaim', name, namespace);
    if (claim === undefined || !wantsMore(claim) || getKind(store, 'PersistentVolume', claim.spec.volumeName ?? '') === undefined) return nothing;
    return { steps: [{ about: claim, type: 'Normal', reason: 'ExternalExpanding', message: 'waiting for an external controller to expand this PVC' }] };
  },
};
