import { isNamespaced, resourceOf } from '../../engine/store/resource-kinds.ts';
import { kindOf } from '../../engine/store/stored-object.ts';

/** A resource as kubectl finds it in the API server's list. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** `persistentvolumes` */
  readonly plural: string;
  /** '' for the core group. */
  readonly group: string;
  readonly isNamespaced: boolean;
  readonly shortNames: readonly string[];
}

/** Kind, apiVersion, short names; what `all` stands for comes first, in its order. */
const table = `
Pod v1 po
ReplicationController v1 rc
Service v1 svc
DaemonSet apps/v1 ds
Deployment apps/v1 deploy
ReplicaSet apps/v1 rs
StatefulSet apps/v1 sts
HorizontalPodAutoscaler autoscaling/v2 hpa
CronJob batch/v1 cj
Job batch/v1
ConfigMap v1 cm
Endpoints v1 ep
Event v1 ev
LimitRange v1 limits
Namespace v1 ns
Node v1 no
PersistentVolumeClaim v1 pvc
PersistentVolume v1 pv
PodTemplate v1
ResourceQuota v1 quota
Secret v1
ServiceAccount v1 sa
ControllerRevision apps/v1
Lease coordination.k8s.io/v1
EndpointSlice discovery.k8s.io/v1
Ingress networking.k8s.io/v1 ing
IngressClass networking.k8s.io/v1
NetworkPolicy networking.k8s.io/v1 netpol
RuntimeClass node.k8s.io/v1
PodDisruptionBudget policy/v1 pdb
ClusterRole rbac.authorization.k8s.io/v1
ClusterRoleBinding rbac.authorization.k8s.io/v1
Role rbac.authorization.k8s.io/v1
RoleBinding rbac.authorization.k8s.io/v1
PriorityClass scheduling.k8s.io/v1 pc
CSIDriver storage.k8s.io/v1
CSINode storage.k8s.io/v1
CSIStorageCapacity storage.k8s.io/v1
StorageClass storage.k8s.io/v1 sc
VolumeAttachment storage.k8s.io/v1
VolumeAttributesClass storage.k8s.io/v1 vac
CustomResourceDefinition apiextensions.k8s.io/v1 crd,crds`;

const resources: readonly Resource[] = table
  .trim()
  .split('\n')
  .map((line): Resource => {
    const [kind = '', apiVersion = '', shortNames = ''] = line.split(' ');
    const stored = kindOf({ apiVersion, kind });
    return {
      apiVersion,
      kind,
      plural: resourceOf(stored),
      group: stored.group,
      isNamespaced: isNamespaced(stored),
      shortNames: shortNames.split(',').filter((each) => each !== ''),
    };
  });

/** What `kubectl get all` lists. */
export const allResources: readonly Resource[] = resources.slice(0, 10);

/** The resource that a word means: `pv`, `Pods`, `deployment.apps`, `deployments.v1.apps`; undefined if the server has none. */
export function findResource(word: string): Resource | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.');
  const isNamed = ({ plural, kind, shortNames }: Resource): boolean => plural === name || kind.toLowerCase() === name || shortNames.includes(name);
  const isInGroup = ({ group, apiVersion }: Resource): boolean => {
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    const wanted = rest.join('.');
    return group.startsWith(wanted) || `${version}.${group}` === wanted;
  };
  return resources.find((each) => isNamed(each) && isInGroup(each));
}

/** How kubectl names an object: `pod/web`, `deployment.apps/web`. */
export function objectText({ kind, group }: Resource, name: string): string {
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}
