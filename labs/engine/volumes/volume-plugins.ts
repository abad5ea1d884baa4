import type { PersistentVolume } from '../api/cluster-kinds.ts';

/** A volume plugin that is compiled into the controller manager, and what it can do. */
interface VolumePlugin {
  readonly provisions?: true;
  readonly deletes?: true;
  readonly recycles?: true;
}

/** Prefix of everything compiled in; other provisioners are programs of their own. */
export const inTreePrefix = 'kubernetes.io/';

/** Models cmd/kube-controller-manager/app/plugins.go ProbeControllerVolumePlugins; `local` and the like are known to kubelets only. */
const plugins: Readonly<Record<string, VolumePlugin>> = {
  'kubernetes.io/host-path': { provisions: true, deletes: true, recycles: true },
  'kubernetes.io/nfs': { recycles: true },
};

/** Provisioners that were compiled in once and now are CSI drivers. Models csi-translation-lib/translate.go. */
const migrated: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
};

const pluginOf = (name: string): VolumePlugin | undefined => (Object.hasOwn(plugins, name) ? plugins[name] : undefined);

/** Who makes volumes for a class: the controller itself, somebody outside, or nobody. Models pv_controller.go findProvisionablePlugin. */
export function provisionerOf(name: string): { readonly by: 'plugin' | 'external'; readonly name: string } | { readonly error: string } {
  if (Object.hasOwn(migrated, name)) return { by: 'external', name: migrated[name] ?? name };
  const plugin = pluginOf(name);
  if (plugin?.provisions === true) return { by: 'plugin', name };
  if (!name.startsWith(inTreePrefix)) return { by: 'external', name };
  return { error: plugin === undefined ? `no volume plugin matched name: ${name}` : 'no provisionable volume plugin matched' };
}

/** The plugin for what a volume stands for, by the field of its source. */
function sourcePlugin({ spec }: PersistentVolume): VolumePlugin | undefined {
  if (spec.hostPath !== undefined) return pluginOf('kubernetes.io/host-path');
  return spec.nfs === undefined ? undefined : pluginOf('kubernetes.io/nfs');
}

/** What deleting a volume's storage comes to. */
export type Deletion = { readonly by: 'plugin' | 'external' } | { readonly error: string };

/** Who deletes what a volume stands for. Models pv_controller.go findDeletablePlugin and pkg/volume/hostpath Delete, which only clears below /tmp. */
export function deleterOf(volume: PersistentVolume, maker: string): Deletion {
  const plugin = maker === '' ? sourcePlugin(volume) : pluginOf(maker);
  if (maker !== '' && plugin === undefined) return maker.startsWith(inTreePrefix) ? { error: `no volume plugin matched name: ${maker}` } : { by: 'external' };
  if (maker === '' && volume.spec.csi !== undefined) return { by: 'external' };
  const wrapped = (error: string): Deletion => ({
    error: maker === '' ? `error getting deleter volume plugin for volume "${volume.metadata.name}": ${error}` : error,
  });
  if (plugin === undefined) return wrapped('no volume plugin matched');
  if (plugin.deletes !== true) return wrapped('no deletable volume plugin matched');
  const path = volume.spec.hostPath?.path ?? '';
  if (!/\/tmp\/.+/u.test(path)) return { error: `host_path deleter only supports /tmp/.+ but received provided ${path}` };
  return { by: 'plugin' };
}

/** Whether a volume can be wiped for the next claim. */
export function isRecyclable(volume: PersistentVolume): boolean {
  return sourcePlugin(volume)?.recycles === true;
}
