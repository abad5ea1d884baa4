/** The annotations and finalizers that bind volumes and claims. Models component-helpers storage/volume/helpers.go and pkg/volume/util/util.go. */

/** On a claim: the binding was completed once. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
/** On a volume or claim: the controller, not a user, set the pointer to the other side. */
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
/** On a volume: who made it. */
export const provisionedBy = 'pv.kubernetes.io/provisioned-by';
/** On a claim: the node that the scheduler chose; provisioning waits for it where the class says WaitForFirstConsumer. */
export const selectedNode = 'volume.kubernetes.io/selected-node';
/** On a claim: who is to make a volume for it; the beta one is still written beside it. */
export const storageProvisioner = 'volume.kubernetes.io/storage-provisioner';
export const betaStorageProvisioner = 'volume.beta.kubernetes.io/storage-provisioner';
/** On a claim or volume: its class, as it was written before the field existed. It beats the field. */
export const betaStorageClass = 'volume.beta.kubernetes.io/storage-class';

/** Keeps a claim while a pod uses it. */
export const claimProtection = 'kubernetes.io/pvc-protection';
/** Keeps a volume while a claim is bound to it. */
export const volumeProtection = 'kubernetes.io/pv-protection';
/** Keeps a volume with reclaim policy Delete until what it stands for is deleted: of the controller's own provisioners, and of external ones. */
export const inTreeDeletion = 'kubernetes.io/pv-controller';
export const externalDeletion = 'external-provisioner.volume.kubernetes.io/finalizer';

/** The value that annotations of binding have; only their presence matters. */
export const yes = 'yes';

/** Whether an object carries an annotation, whatever its value. */
export function hasAnnotation({ metadata }: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } }, name: string): boolean {
  return metadata.annotations !== undefined && Object.hasOwn(metadata.annotations, name);
}
