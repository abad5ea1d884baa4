import type { Telling } from '../lab.ts';
import { checks, type CheckId } from './checks.ts';
import { describe } from './describe.ts';
import { diagnoses } from './diagnoses.ts';
import { explain } from './explain.ts';
import type { PartId } from './parts.ts';
import { realCluster } from './real-cluster.ts';
import type { Action, State } from './state.ts';

/** What the lab says about a run: nothing above the timeline needs it. */
export default { explain, describe, checks, diagnoses, realCluster } satisfies Telling<PartId, State, Action, CheckId>;
