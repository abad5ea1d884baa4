import { getKind, isKind, type PersistentVolume, type VolumeAttachment } from '../engine/api/cluster-kinds.ts';
import type { Controller, View } from '../engine/loop/controller.ts';
import { sameJson } from '../engine/patch/json.ts';
import { isDown } from '../engine/volumes/csi-driver.ts';
import { createExternalAttacher } from '../engine/volumes/external-attacher.ts';
import { attachmentsOf } from '../engine/volumes/volume-indexes.ts';
import { statusPatchOf } from '../engine/volumes/volume-steps.ts';
import { attachProblem, drivers } from './drivers.ts';

const attacher = createExternalAttacher(drivers);

/**
 * The engine's attacher, with drivers that look at what a volume claims to do before they attach it. Nobody looks earlier: binding compares two lists.
 * Models kubernetes-csi/external-attacher csi_handler csiAttach; in place of its retries it looks again when the volume or another attachment changes.
 */
export const capableAttacher: Controller = {
  ...attacher,
  watches: [...attacher.watches, 'PersistentVolume'],
  enqueue: (change, view) => {
    const { object, before, type } = change;
    if (isKind(object, 'VolumeAttachment') && type === 'DELETED') return refused(view, object.spec.source.persistentVolumeName ?? '');
    if (!isKind(object, 'PersistentVolume')) return attacher.enqueue(change, view);
    const isNews = before !== undefined && isKind(before, 'PersistentVolume') && !sameJson(before.spec.accessModes, object.spec.accessModes);
    return isNews ? refused(view, object.metadata.name) : [];
  },
  reconcile: (key, view) => {
    const attachment = getKind(view.store, 'VolumeAttachment', key);
    const volume = getKind(view.store, 'PersistentVolume', attachment?.spec.source.persistentVolumeName ?? '');
    const isWanted = attachment?.metadata.deletionTimestamp === undefined && attachment?.status?.attached !== true;
    if (attachment === undefined || volume === undefined || !isWanted || isDown(view, 'attacher', attachment.spec.attacher))
      return attacher.reconcile(key, view);
    const problem = attachProblem(volume, holderOf(view, volume, attachment));
    if (problem === undefined) return attacher.reconcile(key, view);
    const text = `cannot attach volume ${volume.metadata.name} to node ${attachment.spec.nodeName}`;
    return { steps: [statusPatchOf(attachment, { attached: false, attachError: { message: problem } }, { text, because: problem, tone: 'bad' })] };
  },
};

/** The attachments of a volume that were refused: they are tried again. */
const refused = ({ store }: View, volume: string) =>
  attachmentsOf(store, volume)
    .filter(({ status }) => status?.attachError !== undefined)
    .map(({ metadata }) => ({ key: metadata.name }));

/** The node that has a volume already. */
const holderOf = ({ store }: View, { metadata: { name } }: PersistentVolume, but: VolumeAttachment): string | undefined =>
  attachmentsOf(store, name).find(({ metadata, status }) => metadata.name !== but.metadata.name && status?.attached === true)?.spec.nodeName;
