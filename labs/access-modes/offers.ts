import type { NodeObject } from '../engine/api/cluster-kinds.ts';
import type { Deployment } from '../engine/api/workload-kinds.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import type { StoredObject } from '../engine/store/stored-object.ts';
import { readClusterAction } from '../kit/cluster-lab/read-action.ts';
import { shortName } from '../kit/cluster-lab/object-words.ts';
import type { Offer } from '../lab.ts';
import { acts, isOutOfService, nextImage, replicasMax, strategyOf } from './acts.ts';
import { claimsOf, deploymentsOf, nodesOf, podsOf } from './scene.ts';
import type { Action, State } from './state.ts';

/** Objects of a kind that get controls; more of them can only be edited. */
const controlsMax = 12;

type Button = Offer<Action> & { readonly control: 'button' };

interface Named {
  readonly label: string;
  readonly group: string;
}

const button = (id: string, { label, group }: Named, object: StoredObject, action: Action): Button => ({
  id,
  label,
  group,
  subject: subjectOf(object),
  place: 'world',
  control: 'button',
  action,
});

const act = (name: keyof typeof acts, named: Named, object: StoredObject): Button => {
  const subject = subjectOf(object);
  return button(`${name} ${subject}`, named, object, { type: 'act', name, object: subject });
};

function removal(group: string, object: StoredObject): readonly Button[] {
  const subject = subjectOf(object);
  return object.metadata.deletionTimestamp === undefined
    ? [button(`delete ${subject}`, { label: `Delete ${shortName(object)}`, group }, object, { type: 'delete', object: subject })]
    : [];
}

function deploymentOffers(deployment: Deployment): readonly Offer<Action>[] {
  const subject = subjectOf(deployment);
  const name = shortName(deployment);
  const group = `Deployment ${name}`;
  const image = nextImage(deployment);
  const { replicas = 1 } = deployment.spec;
  const strategy = (value: string, action: keyof typeof acts) => ({ value, label: value, action: { type: 'act', name: action, object: subject } as const });
  return [
    {
      ...{ id: `strategy ${subject}`, label: 'Strategy', group, subject, place: 'world', control: 'choice', value: strategyOf(deployment) },
      options: [strategy('RollingUpdate', 'rolling-update'), strategy('Recreate', 'recreate')],
    },
    ...(image === undefined ? [] : [act('release', { label: `Release ${image}`, group }, deployment)]),
    ...(replicas < replicasMax ? [act('scale-up', { label: `Scale to ${replicas + 1}`, group }, deployment)] : []),
    ...(replicas > 0 && replicas <= replicasMax + 1 ? [act('scale-down', { label: `Scale to ${replicas - 1}`, group }, deployment)] : []),
    ...removal(group, deployment),
  ];
}

function nodeOffers({ cluster: { world } }: State, node: NodeObject): readonly Button[] {
  const { name } = node.metadata;
  const fact = `power/${name}`;
  const isOff = world[fact] !== undefined;
  const group = `Node ${name}`;
  const power = { label: isOff ? `Power on ${name}` : `Cut the power of ${name}`, group };
  return [
    button(fact, power, node, { type: 'world', fact, value: isOff ? null : 'off' }),
    isOutOfService(node)
      ? act('in-service', { label: `Remove the taint out-of-service of ${name}`, group }, node)
      : act('out-of-service', { label: `Taint ${name} out-of-service`, group }, node),
    node.spec?.unschedulable === true ? act('uncordon', { label: `Uncordon ${name}`, group }, node) : act('cordon', { label: `Cordon ${name}`, group }, node),
  ];
}

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  return [
    ...deploymentsOf(state).slice(0, controlsMax).flatMap(deploymentOffers),
    ...podsOf(state)
      .slice(0, controlsMax)
      .flatMap((pod) =>
        pod.metadata.deletionTimestamp === undefined
          ? removal('Pods', pod)
          : [act('force-delete', { label: `Delete ${shortName(pod)} by force`, group: 'Pods' }, pod)],
      ),
    ...claimsOf(state)
      .slice(0, controlsMax)
      .flatMap((claim) => removal('Claims', claim)),
    ...nodesOf(state)
      .slice(0, controlsMax)
      .flatMap((node) => nodeOffers(state, node)),
  ];
}

/** Checks an action from a link or a file. */
export const readAction = (value: unknown): Action | undefined => readClusterAction(value, Object.keys(acts));
