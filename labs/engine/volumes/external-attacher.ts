import type { PersistentVolume, VolumeAttachment } from '../api/cluster-kinds.ts';
import { isKind, listKind, getKind } from '../api/kinds.ts';
import { nothing, type Controller, type PlannedStep, type View, type Work } from '../loop/controller.ts';
import { sameJson } from '../patch/json.ts';
import type { Store } from '../store/store.ts';
import { keyOf } from '../store/stored-object.ts';
import { attachProblem, type AttachProblem } from './attach-problem.ts';
import { attachMsDefault, driverNamed, isDown, refusalOf, type CsiDriverSetup } from './csi-driver.ts';
import { statusPatchOf } from './volume-steps.ts';

/**
 * The program beside a CSI driver that attaches volumes to nodes: it answers VolumeAttachments, and keeps deleted ones until the volume is detached. The
 * driver refuses what it cannot do; in place of retries with a growing pause it is asked again when the modes of the volume change or another node lets
 * go. Facts: `attacher/<driver>` = `down` or `refuses: <message>`. Models kubernetes-csi/external-attacher csi_handler.go; not modelled: its finalizer of
 * volumes, and volumes that are being deleted.
 */
export function createExternalAttacher(drivers: readonly CsiDriverSetup[]): Controller {
  const workOf = ({ metadata, spec }: VolumeAttachment, store: Store): readonly Work[] => {
    const driver = driverNamed(drivers, store, spec.attacher);
    return driver === undefined ? [] : [{ key: metadata.name, afterMs: driver.attachMs ?? attachMsDefault }];
  };
  const again = (driver: string, store: Store): readonly Work[] =>
    listKind(store, 'VolumeAttachment').flatMap((each) =>
      each.spec.attacher === driver && each.status?.attachError !== undefined && each.metadata.deletionTimestamp === undefined ? workOf(each, store) : [],
    );
  return {
    name: 'external-attacher',
    watches: ['VolumeAttachment', 'PersistentVolume'],
    delayMs: attachMsDefault,
    enqueue: ({ type, object, before }, { store }) => {
      if (isKind(object, 'VolumeAttachment')) return type === 'DELETED' ? again(object.spec.attacher, store) : workOf(object, store);
      if (!isKind(object, 'PersistentVolume') || before === undefined || !isKind(before, 'PersistentVolume')) return [];
      return sameJson(before.spec.accessModes, object.spec.accessModes) ? [] : again(object.spec.csi?.driver ?? '', store);
    },
    notice: (fact, { store }) =>
      listKind(store, 'VolumeAttachment')
        .filter(({ spec }) => fact === `attacher/${spec.attacher}`)
        .map(({ metadata }) => ({ key: metadata.name })),
    reconcile: (key, view) => {
      const attachment = getKind(view.store, 'VolumeAttachment', key);
      const driver = attachment && driverNamed(drivers, view.store, attachment.spec.attacher);
      if (attachment === undefined || driver === undefined || isDown(view, 'attacher', driver.name)) return nothing;
      if (attachment.metadata.deletionTimestamp !== undefined) return { steps: detach(attachment) };
      return { steps: attachment.status?.attached === true ? [] : attach(attachment, driver, view) };
    },
  };
}

const finalizerOf = ({ spec }: VolumeAttachment): string => `external-attacher/${spec.attacher.replaceAll('.', '-')}`;
const volumeNameOf = ({ spec }: VolumeAttachment): string => spec.source.persistentVolumeName ?? '';

function detach(attachment: VolumeAttachment): readonly PlannedStep[] {
  const finalizer = finalizerOf(attachment);
  if (attachment.metadata.finalizers?.includes(finalizer) !== true) return [];
  const done = attachment.status?.attached === true ? 'has detached' : 'has made sure of the detaching of';
  const text = `${done} volume ${volumeNameOf(attachment)} from node ${attachment.spec.nodeName}`;
  return [{ write: { verb: 'unfinalize', key: keyOf(attachment), finalizer }, text }];
}

function attach(attachment: VolumeAttachment, driver: CsiDriverSetup, view: View): readonly PlannedStep[] {
  const where = `volume ${volumeNameOf(attachment)} to node ${attachment.spec.nodeName}`;
  const problem = problemOf(attachment, driver, view);
  // A driver that was asked must be asked to detach as well, also when it refused: it may have done half of it.
  const kept: PlannedStep = {
    write: { verb: 'finalize', key: keyOf(attachment), finalizer: finalizerOf(attachment) },
    text: `keeps the attachment of ${where} until it is detached`,
  };
  if (problem === undefined) return [kept, statusPatchOf(attachment, { attached: true, attachError: null }, { text: `has attached ${where}`, tone: 'good' })];
  const words = { text: `cannot attach ${where}`, because: problem.message, tone: 'bad' as const };
  const failed = statusPatchOf(attachment, { attached: false, attachError: { message: problem.message } }, words);
  return problem.isFromDriver ? [kept, failed] : [failed];
}

/** What the driver says against it: what a fact of the world makes it say, or what it cannot do. */
function problemOf(attachment: VolumeAttachment, driver: CsiDriverSetup, view: View): AttachProblem | undefined {
  const message = refusalOf(view, 'attacher', driver.name);
  if (message !== undefined) return { message, isFromDriver: true };
  const volume = getKind(view.store, 'PersistentVolume', volumeNameOf(attachment));
  return volume === undefined ? undefined : attachProblem(volume, driver, holderOf(attachment, volume, view));
}

/** The other node that has what a volume stands for; drivers know volumes by their handles. */
function holderOf({ spec }: VolumeAttachment, volume: PersistentVolume, { store }: View): string | undefined {
  const isSame = (name: string): boolean =>
    name === volume.metadata.name || getKind(store, 'PersistentVolume', name)?.spec.csi?.volumeHandle === volume.spec.csi?.volumeHandle;
  return listKind(store, 'VolumeAttachment').find(
    (other) => other.spec.nodeName !== spec.nodeName && other.spec.attacher === spec.attacher && other.status?.attached === true && isSame(volumeNameOf(other)),
  )?.spec.nodeName;
}
