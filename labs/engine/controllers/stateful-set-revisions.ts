import type { ControllerRevision, StatefulSet } from '../api/workload-kinds.ts';
import type { PlannedStep } from '../loop/controller.ts';
import { isObject, sameJson } from '../patch/json.ts';
import type { Store } from '../store/store.ts';
import { keyOf } from '../store/stored-object.ts';
import { claimDependents } from './claim-dependents.ts';
import { controllerReference } from './ownership.ts';
import { revisionLabel } from './stateful-set-identity.ts';
import { templateHash } from './template-hash.ts';

type Template = StatefulSet['spec']['template'];

/** A template of the set with its name. */
export interface Revision {
  readonly name: string;
  readonly template: Template;
}

export interface Revisions {
  /** What the pods had when the last rollout was complete. */
  readonly current: Revision;
  /** What they are to have. */
  readonly update: Revision;
  /** Writes that record the present template, and deletions of old ones. */
  readonly steps: readonly PlannedStep[];
}

/** The current and the wanted template of a set. Models pkg/controller/statefulset getStatefulSetRevisions and truncateHistory. */
export function revisionsOf(store: Store, set: StatefulSet, usedNames: ReadonlySet<string>): Revisions {
  const type = { apiVersion: 'apps/v1', kind: 'ControllerRevision' };
  const claimed = claimDependents(store, { owner: set, selector: set.spec.selector, type });
  const history = (claimed.objects as readonly ControllerRevision[]).toSorted((one, other) => one.revision - other.revision);
  const { template } = set.spec;
  const number = (history.at(-1)?.revision ?? 0) + 1;
  const equal = history.findLast((revision) => sameJson(templateOf(revision), template));
  const name = equal?.metadata.name ?? `${set.metadata.name}-${templateHash(template, set.status?.collisionCount ?? 0)}`;
  const update = { name, template };
  const held = history.find(({ metadata }) => metadata.name === set.status?.currentRevision);
  const current = held === undefined ? update : { name: held.metadata.name, template: templateOf(held) ?? template };
  const live = new Set([name, current.name, ...usedNames]);
  const dead = history.filter(({ metadata }) => !live.has(metadata.name));
  const surplus = dead.slice(0, Math.max(0, dead.length - (set.spec.revisionHistoryLimit ?? 10)));
  return { current, update, steps: [...claimed.steps, ...recorded(set, { equal, name, number, isLast: equal === history.at(-1) }), ...surplus.map(removed)] };
}

function templateOf({ data }: ControllerRevision): Template | undefined {
  const spec = isObject(data?.spec) ? data.spec : {};
  return isObject(spec.template) ? (spec.template as Template) : undefined;
}

interface Recording {
  readonly equal: ControllerRevision | undefined;
  readonly name: string;
  readonly number: number;
  readonly isLast: boolean;
}

function recorded(set: StatefulSet, { equal, name, number, isLast }: Recording): readonly PlannedStep[] {
  if (equal !== undefined && isLast) return [];
  const text = `records the template of statefulset ${set.metadata.name} as revision ${number}`;
  // A template that comes back is the old revision with a new number.
  if (equal !== undefined) return [{ write: { verb: 'update', object: { ...equal, revision: number } }, text, because: 'an earlier template is back' }];
  const labels = { ...set.spec.template.metadata?.labels, [revisionLabel]: name.slice(set.metadata.name.length + 1) };
  const metadata = { name, namespace: set.metadata.namespace ?? 'default', labels, ownerReferences: [controllerReference(set)] };
  const object = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data: { spec: { template: set.spec.template } }, revision: number };
  return [{ write: { verb: 'create', object }, text, because: 'the template is new' }];
}

function removed(revision: ControllerRevision): PlannedStep {
  return {
    write: { verb: 'delete', key: keyOf(revision) },
    text: `deletes old revision ${revision.metadata.name}`,
    because: 'more are kept than revisionHistoryLimit says',
    refused: () => [],
  };
}
