import type { SchedulerPlugin } from '../plugin.ts';

/**
 * Devices of ResourceClaims are not modelled: only what the plugin says of pods without them. It gives every node 0 points and has nothing to
 * give back when no node was found; if another plugin refused the pod before it was asked, it answers with an error. Models plugins/dynamicresources.
 */
export const dynamicResources: SchedulerPlugin = {
  name: 'DynamicResources',
  weight: 2,
  scorer: () => ({ score: () => 0 }),
  rescue: ({ refused }) => (refused === undefined ? { message: 'no new claims to deallocate' } : { error: 'not found' }),
};
