import type { ClusterAction, ClusterState } from '../kit/cluster-lab/cluster-state.ts';

export type State = ClusterState;
export type Action = ClusterAction;
