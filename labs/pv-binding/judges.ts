import type { PersistentVolume, PersistentVolumeClaim } from '../engine/api/cluster-kinds.ts';
import { listKind, getKind } from '../engine/api/kinds.ts';
import { bySize, capacityOf } from '../engine/volumes/volume-size.ts';
import type { ClusterInput } from '../kit/cluster-lab/cluster-state.ts';
import { claimTable } from '../kit/kubectl/tables/claim-table.ts';
import { placedAnswer, settledFrom, unusable } from '../kit/typed-answer.ts';
import type { AnswerError, Judge, Judges } from '../lab.ts';
import lab from './lab.ts';
import { claimsOf, matchingOf, volumesOf } from './matching.ts';
import type { PartId } from './parts.ts';
import reader from './read.ts';
import type { State } from './state.ts';

type Texts = Readonly<Record<string, string>>;

const textsOf = ({ setup = '', objects = '' }: Texts): Readonly<Record<PartId, string>> => ({ setup, objects });

/** The lab played out with the answer in place of a stretch of one of its texts. */
function playedWith(
  texts: Texts,
  at: { readonly part: PartId; readonly mark: string; readonly answer: string; readonly before?: string },
  seed: number,
): { readonly state: State } | { readonly errors: readonly AnswerError[] } {
  const own = textsOf(texts);
  const placed = placedAnswer(own[at.part], at.mark, at.answer, at.before);
  const read = reader.read({ ...own, [at.part]: placed.text });
  if (!read.ok) return { errors: placed.errorsIn(read.errors) };
  return { state: played(read.input, seed) };
}

const played = (input: ClusterInput, seed: number): State => settledFrom(lab, lab.start(input, seed));

const isOf = ({ metadata, spec }: PersistentVolumeClaim, volume: PersistentVolume): boolean =>
  spec.volumeName === volume.metadata.name && volume.spec.claimRef?.uid === metadata.uid;

/** What came of a claim, and how each volume stands to it: "reports is bound to pv-10: …". */
function cameOf(state: State, claim: PersistentVolumeClaim): string {
  const { matches } = matchingOf(state, claim);
  const own = matches.find(({ isOwn }) => isOwn);
  const others = matches.filter(({ isOwn }) => !isOwn).map(({ volume, so }) => `${volume.metadata.name}: ${so.slice(0, 1).toLowerCase()}${so.slice(1)}`);
  const begin =
    own === undefined
      ? `${claim.metadata.name} gets no volume and stays ${claim.status?.phase ?? 'Pending'}`
      : `${claim.metadata.name} gets ${own.volume.metadata.name} (${own.so.replace(/^Bound: /u, '')})`;
  return `${begin}. ${others.join('; ')}.`;
}

const sizeBounds = { label: 'Size', lines: 1, bytesMax: 60 };

/** A size with which the claim gets the largest of the volumes. */
const largest: Judge = {
  ...sizeBounds,
  judge: (texts, answer, seed) => {
    const errors = unusable(answer, sizeBounds);
    if (errors.length > 0) return { errors };
    const mark = /requests: \{ storage: ([^ }]+)/u.exec(textsOf(texts).objects)?.[1] ?? '';
    const result = playedWith(texts, { part: 'objects', mark, answer: answer.trim() }, seed);
    if ('errors' in result) return result;
    const { state } = result;
    const [claim] = claimsOf(state);
    const wanted = volumesOf(state).toSorted((one, other) => bySize(capacityOf(other), capacityOf(one)))[0];
    if (claim === undefined || wanted === undefined) throw new Error('The scenario has no claim or no volume.');
    return { right: isOf(claim, wanted), why: cameOf(state, claim) };
  },
};

const reservationBounds = { label: 'claimRef', lines: 3, bytesMax: 400 };

/** A `claimRef` that gives its volume to the claim. */
const reservation: Judge = {
  ...reservationBounds,
  judge: (texts, answer, seed) => {
    const errors = unusable(answer, reservationBounds);
    if (errors.length > 0) return { errors };
    const { setup } = textsOf(texts);
    const mark = /claimRef: \{[^}]*\}/u.exec(setup)?.[0] ?? '';
    const name = /name: ([\w-]+)/u.exec(setup.slice(0, setup.indexOf(mark)).split('---').at(-1) ?? '')?.[1] ?? '';
    const result = playedWith(texts, { part: 'setup', mark, answer: answer.trimEnd(), before: 'claimRef:\n  ' }, seed);
    if ('errors' in result) return result;
    const { state } = result;
    const volume = getKind(state.cluster.store, 'PersistentVolume', name);
    const [claim] = claimsOf(state);
    if (claim === undefined || volume === undefined) throw new Error('The scenario has no claim or no volume.');
    return { right: isOf(claim, volume), why: cameOf(state, claim) };
  },
};

const wordBounds = { label: 'Status', lines: 1, bytesMax: 60 };
const phases = { PersistentVolumeClaim: ['Pending', 'Bound', 'Lost'], PersistentVolume: ['Pending', 'Available', 'Bound', 'Released', 'Failed'] } as const;

/** The word that kubectl shows for a claim that was deleted while a pod uses it. */
const deletedStatus: Judge = {
  ...wordBounds,
  judge: (texts, answer, seed) => {
    const errors = unusable(answer, wordBounds);
    if (errors.length > 0) return { errors };
    const read = reader.read(textsOf(texts));
    if (!read.ok) throw new Error(read.errors.map(({ message }) => message).join('; '));
    const before = played(read.input, seed);
    const [claim] = claimsOf(before);
    if (claim === undefined) throw new Error('The scenario has no claim.');
    const object = `PersistentVolumeClaim/${claim.metadata.namespace ?? 'default'}/${claim.metadata.name}`;
    const after = settledFrom(lab, lab.reduce(before, { type: 'delete', object }));
    return verdictOn(after, claim.metadata.name, answer.trim());
  },
};

function verdictOn({ cluster: { store } }: State, name: string, word: string): { readonly right: boolean; readonly why: string } {
  const claim = listKind(store, 'PersistentVolumeClaim').find(({ metadata }) => metadata.name === name);
  const shown = claim === undefined ? undefined : claimTable.cells(claim, store.startUnixMs)[claimTable.columns.indexOf('STATUS')];
  if (claim === undefined || shown === undefined) throw new Error('The claim did not stay.');
  const held = `${name} has a deletionTimestamp and still the finalizer ${(claim.metadata.finalizers ?? []).join(', ')}`;
  const phase = claim.status?.phase ?? '';
  if (word.toLowerCase() === shown.toLowerCase()) return { right: true, why: `${held}: that is what kubectl shows as ${shown}, though its phase is ${phase}.` };
  const said = word.toLowerCase();
  if (said === phase.toLowerCase()) return { right: false, why: `Its phase is ${phase} indeed, but ${held}, and kubectl shows that first.` };
  const isOf = (kind: keyof typeof phases): boolean => phases[kind].some((each) => each.toLowerCase() === said);
  if (isOf('PersistentVolumeClaim')) return { right: false, why: `That is a phase of claims, but not of this one: its phase is ${phase}. And ${held}.` };
  if (isOf('PersistentVolume')) return { right: false, why: `That is a phase of volumes. The claim is still there: ${held}.` };
  return { right: false, why: `Neither a phase nor what kubectl shows here. Remember that the claim is still there: ${held}.` };
}

/** Judges of sizes, reservations and words. */
export default { 'takes-largest': largest, reserves: reservation, 'deleted-status': deletedStatus } satisfies Judges;
