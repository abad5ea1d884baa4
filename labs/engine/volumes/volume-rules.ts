import { matchesNodeSelector } from '../api/node-affinity.ts';
import { matchesLabels } from '../api/selectors.ts';
import type { NodeObject, PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { classNameOf } from './storage-class.ts';
import { bySize, capacityOf, requestOf, sizeText } from './volume-size.ts';

/** What is asked of a volume, one at a time. */
export type VolumeRule =
  | 'access-modes'
  | 'reserved-for-another-claim'
  | 'already-taken-by-this-pod'
  | 'size'
  | 'volume-mode'
  | 'attributes-class'
  | 'being-deleted'
  | 'waits-for-pod'
  | 'phase'
  | 'selector'
  | 'class'
  | 'node-affinity';

/** The scheduler asks for a node, and leaves out volumes that another claim of the pod takes. */
export interface VolumeSearch {
  readonly node?: NodeObject;
  readonly taken?: ReadonlySet<string>;
  /** Asks every question, also after one that is not met: what a learner sees. The answer is the same. */
  readonly every?: boolean;
}

/** Who looks for a volume. */
export interface Question extends VolumeSearch {
  readonly claim: PersistentVolumeClaim;
  /** The claim's class says WaitForFirstConsumer, and no node is chosen yet. */
  readonly waits: boolean;
}

/** One rule: whether a volume meets it, and what is to be said either way. */
export interface RuleEntry {
  readonly rule: VolumeRule;
  /** Not asked of a volume that is reserved for the claim: so that one may have another class, other labels, any phase. */
  readonly onlyFree?: true;
  /** Whether the question makes sense at all; absent: always. */
  readonly isAsked?: (question: Question) => boolean;
  readonly isMet: (volume: PersistentVolume, question: Question) => boolean;
  readonly says: (volume: PersistentVolume, question: Question) => readonly [met: string, unmet: string];
}

interface Named {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** Whether a volume's reference names a claim, whichever object of that name it is. */
export function isNamed(claimRef: PersistentVolume['spec']['claimRef'], { name, namespace }: Named): boolean {
  return claimRef?.name === name && claimRef.namespace === namespace;
}

/** Whether a volume is bound to a claim, or reserved for it. Models component-helpers storage/volume/pv_helpers.go IsVolumeBoundToClaim. */
export function isReservedFor({ spec: { claimRef } }: PersistentVolume, { metadata: { name, namespace, uid } }: PersistentVolumeClaim): boolean {
  return isNamed(claimRef, { name, namespace }) && ((claimRef?.uid ?? '') === '' || claimRef?.uid === uid);
}

/** Whether a volume can be used from a node. A volume without node affinity can be used from every node. */
export function isReachable({ spec: { nodeAffinity } }: PersistentVolume, { metadata: { name, labels = {} } }: NodeObject): boolean {
  return nodeAffinity?.required === undefined || matchesNodeSelector(nodeAffinity.required, { name, labels });
}

/** Whether a volume offers all access modes that a claim asks for. */
export function offersModes({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return claim.spec.accessModes.every((mode) => spec.accessModes.includes(mode));
}

const accessModes: RuleEntry = {
  rule: 'access-modes',
  isMet: (volume, { claim }) => offersModes(volume, claim),
  says: ({ spec }, { claim }) => {
    const has = spec.accessModes.join(', ');
    return [`${has} covers what the claim asks for`, `${has} does not cover ${claim.spec.accessModes.join(', ')}`];
  },
};

const taken: RuleEntry = {
  rule: 'already-taken-by-this-pod',
  isAsked: (question) => question.taken !== undefined,
  isMet: ({ metadata }, question) => question.taken?.has(metadata.name) !== true,
  says: () => ['no other claim of the pod takes it', 'another claim of the same pod takes it'],
};

const notReserved: RuleEntry = {
  rule: 'reserved-for-another-claim',
  isMet: (volume, { claim }) => volume.spec.claimRef === undefined || isReservedFor(volume, claim),
  says: ({ spec: { claimRef } }, { claim }) => [
    claimRef === undefined ? 'no claim has it' : 'it is reserved for this claim',
    isNamed(claimRef, claim.metadata)
      ? 'it belongs to an earlier claim of the same name (another uid)'
      : `it belongs to claim ${claimRef?.namespace ?? ''}/${claimRef?.name ?? ''}`,
  ],
};

const size: RuleEntry = {
  rule: 'size',
  isMet: (volume, { claim }) => bySize(capacityOf(volume), requestOf(claim)) >= 0,
  says: (volume, { claim }) => {
    const [has, wants] = [sizeText(capacityOf(volume)), sizeText(requestOf(claim))];
    return [`${has} is enough for ${wants}`, `${has} is less than ${wants}`];
  },
};

const volumeMode: RuleEntry = {
  rule: 'volume-mode',
  isMet: ({ spec }, { claim }) => spec.volumeMode === claim.spec.volumeMode,
  says: ({ spec }, { claim }) => [`both are ${claim.spec.volumeMode}`, `the volume is ${spec.volumeMode}, the claim wants ${claim.spec.volumeMode}`],
};

const attributesOf = ({ spec }: PersistentVolume | PersistentVolumeClaim): string => spec.volumeAttributesClassName ?? '';
const attributesClass: RuleEntry = {
  rule: 'attributes-class',
  isMet: (volume, { claim }) => attributesOf(volume) === attributesOf(claim),
  says: (volume, { claim }) => ['the attributes class is the same', `attributes class "${attributesOf(volume)}" is not "${attributesOf(claim)}"`],
};

const notDeleted: RuleEntry = {
  rule: 'being-deleted',
  isMet: ({ metadata }) => metadata.deletionTimestamp === undefined,
  says: () => ['it is not being deleted', 'it is being deleted'],
};

const waitsForPod: RuleEntry = {
  rule: 'waits-for-pod',
  onlyFree: true,
  isAsked: ({ waits }) => waits,
  isMet: () => false,
  says: () => ['', 'the class says WaitForFirstConsumer: a volume is chosen when a pod is scheduled'],
};

const phaseOf = ({ status }: PersistentVolume): string => status?.phase ?? 'Pending';
const phase: RuleEntry = {
  rule: 'phase',
  onlyFree: true,
  isMet: (volume) => phaseOf(volume) === 'Available',
  says: (volume) => ['it is Available', `it is ${phaseOf(volume)}, not Available`],
};

const selector: RuleEntry = {
  rule: 'selector',
  onlyFree: true,
  isAsked: ({ claim }) => claim.spec.selector !== undefined,
  isMet: ({ metadata: { labels = {} } }, { claim }) => matchesLabels(claim.spec.selector, labels),
  says: () => ["its labels match the claim's selector", "its labels do not match the claim's selector"],
};

const classText = (name: string): string => (name === '' ? 'no class' : `class ${name}`);
const sameClass: RuleEntry = {
  rule: 'class',
  isMet: (volume, { claim }) => classNameOf(volume) === classNameOf(claim),
  says: (volume, { claim }) => {
    const [has, wants] = [classText(classNameOf(volume)), classText(classNameOf(claim))];
    return [`both have ${has}`, `the volume has ${has}, the claim ${wants}`];
  },
};

const nodeAffinity: RuleEntry = {
  rule: 'node-affinity',
  isMet: (volume, { node }) => node === undefined || isReachable(volume, node),
  says: (_, { node }) => {
    const name = node?.metadata.name ?? '';
    return [`it can be used from node ${name}`, `its node affinity does not match node ${name}`];
  },
};

const asked = [notReserved, size, volumeMode, attributesClass, notDeleted];

/** What the controller asks, in the order of the real code. */
export const controllerRules: readonly RuleEntry[] = [accessModes, ...asked, waitsForPod, phase, selector, { ...sameClass, onlyFree: true }];

/** What the scheduler asks: it only sees volumes of the claim's class. */
export const schedulerRules: readonly RuleEntry[] = [sameClass, taken, ...asked, phase, selector, nodeAffinity, { ...accessModes, onlyFree: true }];
