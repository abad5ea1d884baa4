import type { Check } from '../lab.ts';
import { forEachCheck } from './check-ids.ts';
import type { State } from './state.ts';

/** The goals that scenarios may set. Each was judged when the state was made. */
export const checks = forEachCheck(
  (id) =>
    ({ outlook }: State): Check =>
      outlook.checks[id],
);
