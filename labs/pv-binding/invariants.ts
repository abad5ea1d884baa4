import { bondProblem } from '../kit/cluster-lab/invariants.ts';
import type { State } from './state.ts';

/** What holds in every state of a cluster with volumes. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'a volume has one claim and a claim one volume': bondProblem,
};
