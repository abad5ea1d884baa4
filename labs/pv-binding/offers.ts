import { shortName } from '../kit/cluster-lab/object-words.ts';
import { listKind } from '../engine/api/kinds.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import type { StoredObject } from '../engine/store/stored-object.ts';
import { readClusterAction } from '../kit/cluster-lab/read-action.ts';
import type { Offer } from '../lab.ts';
import { acts, defaultClass, isStuck } from './acts.ts';
import { claimsOf, podsOf, volumesOf } from './matching.ts';

import type { Action, State } from './state.ts';

/** Objects of a kind that get controls; more of them can only be edited. */
const controlsMax = 12;

type Button = Offer<Action> & { readonly control: 'button' };

const button = (id: string, label: string, group: string, object: StoredObject, action: Action): Button => ({
  id,
  label,
  group,
  subject: subjectOf(object),
  place: 'world',
  control: 'button',
  action,
});

const act = (name: keyof typeof acts, label: string, group: string, object: StoredObject): Button => {
  const subject = subjectOf(object);
  return button(`${name} ${subject}`, label, group, object, { type: 'act', name, object: subject });
};

const removal = (group: string, object: StoredObject): Button => {
  const subject = subjectOf(object);
  return button(`delete ${subject}`, `Delete ${shortName(object)}`, group, object, { type: 'delete', object: subject });
};

const force = (group: string, object: StoredObject): readonly Button[] =>
  isStuck(object)
    ? [act('drop-finalizers', `Strip the finalizers of ${shortName(object)}`, group, object)]
    : object.metadata.deletionTimestamp === undefined
      ? [removal(group, object)]
      : [];

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  const { store, world } = state.cluster;
  const volumes = volumesOf(state).slice(0, controlsMax);
  const power = listKind(store, 'Node')
    .slice(0, controlsMax)
    .map((node): Button => {
      const fact = `power/${node.metadata.name}`;
      const isOff = world[fact] !== undefined;
      const value = isOff ? null : 'off';
      return button(fact, isOff ? `Power on ${node.metadata.name}` : `Cut the power of ${node.metadata.name}`, 'Nodes', node, { type: 'world', fact, value });
    });
  return [
    ...podsOf(state)
      .slice(0, controlsMax)
      .flatMap((pod) => force('Pods', pod)),
    ...claimsOf(state)
      .slice(0, controlsMax)
      .flatMap((claim) => force('Claims', claim)),
    ...volumes.flatMap((volume) => [
      ...force('Volumes', volume),
      ...(volume.spec.claimRef === undefined ? [] : [act('clear-claim-ref', `Remove the claimRef of ${volume.metadata.name}`, 'Volumes', volume)]),
      volume.spec.persistentVolumeReclaimPolicy === 'Retain'
        ? act('delete-policy', `Set policy Delete on ${volume.metadata.name}`, 'Volumes', volume)
        : act('retain', `Set policy Retain on ${volume.metadata.name}`, 'Volumes', volume),
    ]),
    ...listKind(store, 'StorageClass')
      .slice(0, controlsMax)
      .map((each) =>
        each.metadata.annotations?.[defaultClass] === 'true'
          ? act('unmake-default', `Make ${each.metadata.name} no longer the default`, 'Classes', each)
          : act('make-default', `Make ${each.metadata.name} the default`, 'Classes', each),
      ),
    ...power,
    ...provisionerOffers(state),
  ];
}

/** The provisioner of each driver that is installed. */
function provisionerOffers({ cluster: { store, world } }: State): readonly Offer<Action>[] {
  return listKind(store, 'CSIDriver')
    .slice(0, controlsMax)
    .map((driver): Button => {
      const { name } = driver.metadata;
      const fact = `provisioner/${name}`;
      const isDown = world[fact] !== undefined;
      return button(fact, isDown ? `Start the provisioner of ${name}` : `Stop the provisioner of ${name}`, 'Classes', driver, {
        type: 'world',
        fact,
        value: isDown ? null : 'down',
      });
    });
}

/** Checks an action from a link or a file. */
export const readAction = (value: unknown): Action | undefined => readClusterAction(value, Object.keys(acts));
