import type { PersistentVolume, PodObject, PodVolume } from '../api/cluster-kinds.ts';
import { listKind, getKind } from '../api/kinds.ts';
import type { View } from '../loop/controller.ts';
import { hasEnded, podsUsing } from '../volumes/volume-indexes.ts';
import { contentError } from './pod-config.ts';
import { conditionOf } from './pod-status.ts';

/** Why a pod's volumes are not there yet. */
export type MountProblem =
  /** What the pod names cannot be used: said at each look. */
  | { readonly kind: 'claim'; readonly message: string }
  /** Nobody attached it to the node yet. The kubelet keeps quiet about it: the attach-detach controller speaks. */
  | { readonly kind: 'attachment'; readonly volume: string }
  /** The mount itself fails, and is tried again less and less often. */
  | { readonly kind: 'mount'; readonly message: string };

/**
 * The first problem of a pod's volumes; undefined if all can be mounted. Only volumes that a container mounts count. Models
 * pkg/kubelet/volumemanager/populator and WaitForAttachAndMount: since v1.27 the time-out of 2 min 3 s is no Event any more, only a claim that cannot be
 * used is.
 */
export function mountProblem(view: View, pod: PodObject): MountProblem | undefined {
  const { volumes = [] } = pod.spec;
  if (volumes.length === 0) return undefined;
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const mounted = new Set(containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)));
  const devices = new Set(containers.flatMap(({ volumeDevices = [] }) => volumeDevices.map(({ name }) => name)));
  const problems = volumes
    .filter(({ name }) => mounted.has(name) || devices.has(name))
    .map((volume) => ({
      name: volume.name,
      problem: problemOf(view, pod, volume, { isMounted: mounted.has(volume.name), isDevice: devices.has(volume.name) }),
    }));
  const claims = problems.filter(({ problem }) => problem?.kind === 'claim');
  if (claims.length === 0) return problems.map(({ problem }) => problem).find((problem) => problem !== undefined);
  const names = claims.map(({ name }) => name).toSorted();
  const errors = claims.map(({ problem }) => (problem?.kind === 'claim' ? problem.message : '')).join('; ');
  const lists = `unmounted volumes=[${names.join(' ')}], unattached volumes=[], failed to process volumes=[${names.join(' ')}]`;
  return { kind: 'claim', message: `Unable to attach or mount volumes: ${lists}: ${errors}` };
}

interface Use {
  readonly isMounted: boolean;
  readonly isDevice: boolean;
}

function problemOf(view: View, pod: PodObject, volume: PodVolume, use: Use): MountProblem | undefined {
  const { namespace = 'default', name: podName } = pod.metadata;
  const claimName = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral === undefined ? undefined : `${podName}-${volume.name}`);
  if (claimName === undefined) {
    const error = contentError(view.store, namespace, volume);
    return error === undefined ? undefined : { kind: 'mount', message: `MountVolume.SetUp failed for volume "${volume.name}" : ${error}` };
  }
  const claim = claimProblem(view, namespace, claimName);
  if ('because' in claim) return { kind: 'claim', message: `error processing PVC ${namespace}/${claimName}: ${claim.because}` };
  const { volume: persistentVolume } = claim;
  const { volumeMode } = persistentVolume.spec;
  if (use.isMounted && volumeMode !== 'Filesystem')
    return { kind: 'claim', message: `volume ${volume.name} has volumeMode ${volumeMode}, but is specified in volumeMounts` };
  if (use.isDevice && volumeMode !== 'Block')
    return { kind: 'claim', message: `volume ${volume.name} has volumeMode ${volumeMode}, but is specified in volumeDevices` };
  if (!isAttached(view, persistentVolume, pod.spec.nodeName ?? '')) return { kind: 'attachment', volume: persistentVolume.metadata.name };
  if (isHeldAlone(view, persistentVolume, pod, claimName)) {
    const because = 'volume uses the ReadWriteOncePod access mode and is already in use by another pod';
    return { kind: 'mount', message: `MountVolume.SetUp failed for volume "${persistentVolume.metadata.name}" : ${because}` };
  }
  return view.world[`backend/${persistentVolume.metadata.name}`] === 'lost' ? { kind: 'mount', message: lostMessage(pod, persistentVolume) } : undefined;
}

function claimProblem({ store }: View, namespace: string, name: string): { readonly because: string } | { readonly volume: PersistentVolume } {
  const claim = getKind(store, 'PersistentVolumeClaim', name, namespace);
  if (claim === undefined) return { because: `failed to fetch PVC from API server: persistentvolumeclaims "${name}" not found` };
  if (claim.metadata.deletionTimestamp !== undefined) return { because: 'PVC is being deleted' };
  if (claim.status?.phase !== 'Bound') return { because: 'PVC is not bound' };
  const volumeName = claim.spec.volumeName ?? '';
  if (volumeName === '') return { because: 'PVC has empty pvc.Spec.VolumeName' };
  const volume = getKind(store, 'PersistentVolume', volumeName);
  if (volume === undefined) return { because: `failed to fetch PV ${volumeName} from API server: persistentvolumes "${volumeName}" not found` };
  const { claimRef } = volume.spec;
  if (claimRef === undefined) return { because: `found PV object ${volumeName} but it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim` };
  if (claimRef.uid !== claim.metadata.uid) {
    return { because: `found PV object ${volumeName} but its pv.Spec.ClaimRef.UID ${claimRef.uid ?? ''} does not point to claim.UID ${claim.metadata.uid}` };
  }
  return { volume };
}

/** Whether a volume is attached where it must be: only CSI volumes, and not those of drivers that need none. */
function isAttached({ store }: View, { metadata: { name }, spec: { csi } }: PersistentVolume, node: string): boolean {
  if (csi === undefined || getKind(store, 'CSIDriver', csi.driver)?.spec?.attachRequired === false) return true;
  return listKind(store, 'VolumeAttachment').some(
    ({ spec, status }) => spec.source.persistentVolumeName === name && spec.nodeName === node && status?.attached === true,
  );
}

/** Whether a volume for one pod is mounted for another pod on the node. Models pkg/volume/util/operationexecutor GenerateMountVolumeFunc. */
function isHeldAlone({ store }: View, { spec: { accessModes } }: PersistentVolume, { metadata, spec }: PodObject, claimName: string): boolean {
  if (accessModes.length !== 1 || accessModes[0] !== 'ReadWriteOncePod') return false;
  return podsUsing(store, `${metadata.namespace ?? 'default'}/${claimName}`).some(
    (other) =>
      other.metadata.uid !== metadata.uid &&
      other.spec.nodeName === spec.nodeName &&
      !hasEnded(other) &&
      conditionOf(other.status?.conditions, 'PodReadyToStartContainers')?.status === 'True',
  );
}

/** What each kind of volume says when what stands behind it is gone. */
function lostMessage({ metadata: { uid } }: PodObject, { metadata: { name }, spec: { csi, nfs, local, hostPath } }: PersistentVolume): string {
  const failed = `failed for volume "${name}" : `;
  if (nfs !== undefined) {
    const target = `/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~nfs/${name}`;
    const command = `Mounting command: mount\nMounting arguments: -t nfs ${nfs.server}:${nfs.path} ${target}`;
    return `MountVolume.SetUp ${failed}mount failed: exit status 32\n${command}\nOutput: mount.nfs: Connection timed out`;
  }
  if (local !== undefined) return `MountVolume.NewMounter initialization ${failed}path "${local.path}" does not exist`;
  if (hostPath !== undefined) return `MountVolume.SetUp ${failed}hostPath type check failed: ${hostPath.path} is not a directory`;
  return `MountVolume.MountDevice ${failed}rpc error: code = NotFound desc = volume ${csi?.volumeHandle ?? name} not found`;
}
