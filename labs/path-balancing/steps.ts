import type { World } from './world.ts';
import { counted } from './state.ts';

/** After so many requests since the last change a step ends: one request is watched, then ever more. */
const stepsEnd: readonly number[] = [1, 3, 10, 30, 100, 300, 1000];
/** More than this in one step would make a slow phone stutter (a thousand connections take about 12 ms on a laptop). */
const requestsPerStepMax = 1500;

/** What happens next: so many requests, or the scaling; undefined: nothing. */
export function nextStep(world: World): { readonly kind: 'send'; readonly requests: number } | { readonly kind: 'scale' } | undefined {
  const { sent, target, isScaled, input } = world;
  const { scaleAfterRequests } = input.cluster;
  const isDue = scaleAfterRequests !== null && !isScaled;
  if (isDue && sent >= scaleAfterRequests) return { kind: 'scale' };
  if (sent >= target) return undefined;
  const end = isDue ? scaleAfterRequests : target;
  const done = counted(world);
  const batch = (stepsEnd.find((size) => size > done) ?? done + requestsPerStepMax) - done;
  return { kind: 'send', requests: Math.min(batch, end - sent) };
}
