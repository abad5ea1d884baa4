import { getKind, isKind, listKind } from '../api/cluster-kinds.ts';
import { nothing, type Controller } from '../loop/controller.ts';
import { keyOf } from '../store/stored-object.ts';
import { attachMsDefault, driverNamed, isDown, refusalOf, type CsiDriverSetup } from './csi-driver.ts';
import { statusPatchOf } from './volume-steps.ts';

/**
 * The program beside a CSI driver that attaches volumes to nodes: it answers VolumeAttachments, and keeps deleted ones until the volume is detached. Facts:
 * `attacher/<driver>` = `down` or `refuses: <message>`. Models kubernetes-csi/external-attacher.
 */
export function createExternalAttacher(drivers: readonly CsiDriverSetup[]): Controller {
  return {
    name: 'external-attacher',
    watches: ['VolumeAttachment'],
    delayMs: attachMsDefault,
    enqueue: ({ type, object }, { store }) => {
      const driver = isKind(object, 'VolumeAttachment') && type !== 'DELETED' ? driverNamed(drivers, store, object.spec.attacher) : undefined;
      return driver === undefined ? [] : [{ key: object.metadata.name, afterMs: driver.attachMs ?? attachMsDefault }];
    },
    notice: (fact, { store }) =>
      listKind(store, 'VolumeAttachment')
        .filter(({ spec }) => fact === `attacher/${spec.attacher}`)
        .map(({ metadata }) => ({ key: metadata.name })),
    reconcile: (key, view) => {
      const attachment = getKind(view.store, 'VolumeAttachment', key);
      if (attachment === undefined || isDown(view, 'attacher', attachment.spec.attacher)) return nothing;
      const { attacher, nodeName, source } = attachment.spec;
      const { finalizers = [], deletionTimestamp } = attachment.metadata;
      const finalizer = `external-attacher/${attacher.replaceAll('.', '-')}`;
      const volume = source.persistentVolumeName ?? '';
      if (deletionTimestamp !== undefined) {
        if (!finalizers.includes(finalizer)) return nothing;
        return { steps: [{ write: { verb: 'unfinalize', key: keyOf(attachment), finalizer }, text: `has detached volume ${volume} from node ${nodeName}` }] };
      }
      if (attachment.status?.attached === true) return nothing;
      const refusal = refusalOf(view, 'attacher', attacher);
      if (refusal !== undefined) {
        const words = { text: `cannot attach volume ${volume} to node ${nodeName}`, because: refusal, tone: 'bad' as const };
        return { steps: [statusPatchOf(attachment, { attached: false, attachError: { message: refusal } }, words)] };
      }
      return {
        steps: [
          {
            write: { verb: 'finalize', key: keyOf(attachment), finalizer },
            text: `keeps the attachment of volume ${volume} to node ${nodeName} until it is detached`,
          },
          statusPatchOf(attachment, { attached: true, attachError: null }, { text: `has attached volume ${volume} to node ${nodeName}`, tone: 'good' }),
        ],
      };
    },
  };
}
