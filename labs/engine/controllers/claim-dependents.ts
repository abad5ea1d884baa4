import { matchesLabels, type LabelSelector } from '../api/selectors.ts';
import type { PlannedStep } from '../loop/controller.ts';
import type { Store } from '../store/store.ts';
import { keyOf, type StoredObject } from '../store/stored-object.ts';
import { controlledBy, controllerReference, uncontrolled } from './ownership.ts';

/** What an owner's selector makes of objects. */
export interface Claimed {
  /** Those that are its own now, the adopted ones among them, by name. */
  readonly objects: readonly StoredObject[];
  /** Adoptions and releases. */
  readonly steps: readonly PlannedStep[];
}

interface Claiming {
  readonly owner: StoredObject;
  readonly selector: LabelSelector;
  readonly type: { readonly apiVersion: string; readonly kind: string };
  readonly isWanted?: (object: StoredObject) => boolean;
}

type Labels = NonNullable<StoredObject['metadata']['labels']>;
const noLabels: Labels = {};
const known = new WeakMap<LabelSelector, WeakMap<Labels, boolean>>();

/** Whether a selector matches labels; remembered, because all pods of a template share its labels. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  let answers = known.get(selector);
  if (answers === undefined) known.set(selector, (answers = new WeakMap()));
  let answer = answers.get(labels);
  if (answer === undefined) answers.set(labels, (answer = matchesLabels(selector, labels)));
  return answer;
}

/**
 * The objects of an owner: what it controls and its selector still matches, and what nobody controls and it matches (adopted). What it no longer matches
 * is released. An owner that is being deleted adopts nothing. Models pkg/controller/controller_ref_manager.go.
 */
export function claimDependents(store: Store, { owner, selector, type, isWanted = () => true }: Claiming): Claimed {
  const { namespace = 'default', uid } = owner.metadata;
  const matches = (object: StoredObject): boolean => selects(selector, object.metadata.labels ?? noLabels);
  const own = controlledBy(store, type, uid).filter(isWanted);
  const isBeingDeleted = owner.metadata.deletionTimestamp !== undefined;
  const free = isBeingDeleted ? [] : uncontrolled(store, type, namespace);
  const adopted = free.filter((object) => object.metadata.deletionTimestamp === undefined && isWanted(object) && matches(object));
  const released = isBeingDeleted ? [] : own.filter((object) => !matches(object));
  const kept = released.length === 0 ? own : own.filter((object) => !released.includes(object));
  const name = `${owner.kind.toLowerCase()} ${owner.metadata.name}`;
  const thing = (object: StoredObject): string => `${object.kind.toLowerCase()} ${object.metadata.name}`;
  return {
    objects: adopted.length === 0 ? kept : [...kept, ...adopted],
    steps: [
      ...adopted.map((object) =>
        ownersWrite(object, [...(object.metadata.ownerReferences ?? []), controllerReference(owner)], `adopts ${thing(object)} for ${name}`),
      ),
      ...released.map((object) => {
        const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
        return ownersWrite(object, others, `releases ${thing(object)} from ${name}`);
      }),
    ],
  };
}

function ownersWrite(object: StoredObject, ownerReferences: readonly StoredObject[keyof StoredObject][], text: string): PlannedStep {
  const because = text.startsWith('adopts') ? 'its labels match and nobody controls it' : 'its labels no longer match';
  return {
    write: { verb: 'patch', key: keyOf(object), patchType: 'merge', patch: { metadata: { uid: object.metadata.uid, ownerReferences } } },
    text,
    because,
    refused: () => [],
  };
}
