import { keyHash } from '../key-hash.ts';
import type { AccessMode, PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';
import { listKind } from '../api/kinds.ts';
import type { Store } from '../store/store.ts';
import { waitsForConsumer } from './storage-class.ts';
import { controllerRules, isReservedFor, schedulerRules, type Question, type RuleEntry, type VolumeRule, type VolumeSearch } from './volume-rules.ts';
import { bySize, capacityOf } from './volume-size.ts';

export type { VolumeRule } from './volume-rules.ts';

/** One question and its answer. */
export interface VolumeCheck {
  readonly rule: VolumeRule;
  readonly met: boolean;
  readonly because: string;
}

/** What the binder thinks of one volume. */
export interface VolumeVerdict {
  readonly volume: string;
  readonly fits: boolean;
  /** In the order in which they were looked at; a question that is not met ends them, unless every one is asked. */
  readonly checks: readonly VolumeCheck[];
  /** Place in the order of preference, from 1; only volumes that fit have one. */
  readonly place?: number;
}

/** What is chosen, and why. */
export interface ChosenVolume {
  /** Name of the volume. */
  readonly chosen?: string;
  readonly because: string;
}

/** The binder's choice for a claim, with the reason for every volume. */
export interface VolumeChoice extends ChosenVolume {
  readonly verdicts: readonly VolumeVerdict[];
}

/**
 * The volume that a claim gets: of those that fit, by the narrowest access modes, then one reserved for the claim, then the smallest. So a free volume with
 * fewer access modes beats one that is reserved. For a node (the scheduler) access modes do not sort. Among equals the real controller takes any; here the
 * seed and the claim decide.
 * Models pkg/controller/volume/persistentvolume/index.go findByClaim and component-helpers storage/volume/pv_helpers.go FindMatchingVolume.
 */
export function chooseVolume(store: Store, claim: PersistentVolumeClaim, search: VolumeSearch = {}): ChosenVolume {
  const question = questionOf(store, claim, search);
  const volumes = listKind(store, 'PersistentVolume');
  return choiceOf(question, { volumes, candidates: candidatesOf(volumes, question, store.seed) });
}

/** The same choice, with what becomes of each volume: for who wants to see why. */
export function volumeVerdicts(store: Store, claim: PersistentVolumeClaim, search: VolumeSearch = {}): VolumeChoice {
  const question = questionOf(store, claim, search);
  const volumes = listKind(store, 'PersistentVolume');
  const candidates = candidatesOf(volumes, question, store.seed);
  const names = candidates.toSorted(byPreference(question)).map(({ volume }) => volume.metadata.name);
  const verdicts = volumes.map((volume) => {
    const place = names.indexOf(volume.metadata.name) + 1;
    return { volume: volume.metadata.name, fits: place > 0, checks: checksOf(volume, question), ...(place > 0 && { place }) };
  });
  return { verdicts, ...choiceOf(question, { volumes, candidates }) };
}

function questionOf(store: Store, claim: PersistentVolumeClaim, search: VolumeSearch): Question {
  return { ...search, claim, waits: search.node === undefined && waitsForConsumer(store, claim) };
}

const rulesFor = ({ node }: Question): readonly RuleEntry[] => (node === undefined ? controllerRules : schedulerRules);

function isAsked({ onlyFree, isAsked: makesSense }: RuleEntry, isReserved: boolean, question: Question): boolean {
  return !(isReserved && onlyFree === true) && (makesSense?.(question) ?? true);
}

/** The first rule that a volume does not meet. */
function failingRule(volume: PersistentVolume, question: Question): RuleEntry | undefined {
  const isReserved = isReservedFor(volume, question.claim);
  return rulesFor(question).find((entry) => isAsked(entry, isReserved, question) && !entry.isMet(volume, question));
}

function checksOf(volume: PersistentVolume, question: Question): readonly VolumeCheck[] {
  const isReserved = isReservedFor(volume, question.claim);
  const checks: VolumeCheck[] = [];
  for (const entry of rulesFor(question)) {
    if (!isAsked(entry, isReserved, question)) continue;
    const met = entry.isMet(volume, question);
    checks.push({ rule: entry.rule, met, because: entry.says(volume, question)[met ? 0 : 1] });
    if (!met && question.every !== true) break;
  }
  return checks;
}

/** A volume that fits, with what it is judged by. */
interface Candidate {
  readonly volume: PersistentVolume;
  readonly modes: string;
  readonly isReserved: boolean;
  /** Decides among equals: of volumes, and of sets of access modes. */
  readonly chance: number;
  readonly modesChance: number;
}

function candidatesOf(volumes: readonly PersistentVolume[], question: Question, seed: string): readonly Candidate[] {
  const { metadata } = question.claim;
  const chanceOf = (text: string): number => keyHash([seed, metadata.namespace, metadata.name, text].join('/'));
  return volumes
    .filter((volume) => failingRule(volume, question) === undefined)
    .map((volume) => {
      const modes = modesText(volume);
      return { volume, modes, isReserved: isReservedFor(volume, question.claim), chance: chanceOf(volume.metadata.name), modesChance: chanceOf(modes) };
    });
}

type Order = (one: Candidate, other: Candidate) => number;

function byPreference({ node }: Question): Order {
  const byModes: Order = (one, other) =>
    node !== undefined || one.modes === other.modes ? 0 : modeCount(one) - modeCount(other) || one.modesChance - other.modesChance;
  return (one, other) =>
    byModes(one, other) ||
    Number(other.isReserved) - Number(one.isReserved) ||
    bySize(capacityOf(one.volume), capacityOf(other.volume)) ||
    one.chance - other.chance;
}

const modeOrder: readonly AccessMode[] = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const modesText = ({ spec }: PersistentVolume): string => modeOrder.filter((mode) => spec.accessModes.includes(mode)).join(',');
const modeCount = ({ modes }: Candidate): number => modes.split(',').length;

interface Found {
  readonly volumes: readonly PersistentVolume[];
  readonly candidates: readonly Candidate[];
}

function choiceOf(question: Question, { volumes, candidates }: Found): ChosenVolume {
  const order = byPreference(question);
  let [best, second]: readonly (Candidate | undefined)[] = [];
  for (const each of candidates) {
    if (best === undefined || order(each, best) < 0) [best, second] = [each, best];
    else if (second === undefined || order(each, second) < 0) second = each;
  }
  if (best === undefined) return { because: volumes.length === 0 ? 'there is no volume' : 'no volume fits' };
  // A reserved volume that the node cannot reach ends the search: nothing else may be taken for it.
  const isOutOfReach = (volume: PersistentVolume): boolean => isReservedFor(volume, question.claim) && failingRule(volume, question)?.rule === 'node-affinity';
  if (question.node !== undefined && !best.isReserved && volumes.some(isOutOfReach)) {
    return { because: 'the volume reserved for this claim cannot be used from this node' };
  }
  return { chosen: best.volume.metadata.name, because: reasonFor(best, second) };
}

function reasonFor(best: Candidate, second: Candidate | undefined): string {
  if (best.isReserved) return 'it is reserved for this claim';
  if (second === undefined) return 'it is the only volume that fits';
  if (best.modes !== second.modes) return 'of the volumes that fit, it has the fewest access modes';
  if (bySize(capacityOf(best.volume), capacityOf(second.volume)) < 0) return 'it is the smallest volume that fits';
  return 'it is one of several equal volumes; the cluster takes any of them';
}
