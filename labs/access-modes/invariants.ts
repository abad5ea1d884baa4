import { attachmentsOf } from '../engine/volumes/volume-indexes.ts';
import { isForOneNode } from '../engine/volumes/csi-driver.ts';
import { bondProblem } from '../kit/cluster-lab/invariants.ts';
import { volumesOf } from './scene.ts';
import type { State } from './state.ts';

/** What holds in every state. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'a volume has one claim and a claim one volume': bondProblem,
  'a volume for one node is attached to one node': (state) => {
    const torn = volumesOf(state).find(
      (volume) => isForOneNode(volume) && attachmentsOf(state.cluster.store, volume.metadata.name).filter(({ status }) => status?.attached === true).length > 1,
    );
    return torn === undefined ? undefined : `volume ${torn.metadata.name} is attached to two nodes`;
  },
};
