import type { JsonObject } from '../patch/json.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { LabelSelector } from './selectors.ts';

/**
 * Objects as controllers, the scheduler and the kubelet read them: v1.37 field names, and of the fields those that some rule looks at. What is stored has
 * passed decoding, defaults and validation, so required fields are there; fields that the server defaults may be read without a question.
 */

export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

export type VolumeMode = 'Filesystem' | 'Block';

export interface ObjectReference extends JsonObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** `operator` is one of In, NotIn, Exists, DoesNotExist, Gt, Lt. */
export interface NodeSelectorRequirement extends JsonObject {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** All requirements of a term hold. */
export interface NodeSelectorTerm extends JsonObject {
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

/** One of the terms holds. */
export interface NodeSelector extends JsonObject {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

export interface PersistentVolume extends StoredObject {
  readonly spec: JsonObject & {
    readonly capacity: JsonObject & { readonly storage: string };
    readonly accessModes: readonly AccessMode[];
    readonly volumeMode: VolumeMode;
    readonly storageClassName?: string;
    readonly persistentVolumeReclaimPolicy: 'Retain' | 'Delete' | 'Recycle';
    readonly volumeAttributesClassName?: string;
    readonly claimRef?: ObjectReference;
    readonly nodeAffinity?: JsonObject & { readonly required?: NodeSelector };
    readonly mountOptions?: readonly string[];
    readonly csi?: JsonObject & { readonly driver: string; readonly volumeHandle: string };
    readonly hostPath?: JsonObject & { readonly path: string; readonly type?: string };
    readonly nfs?: JsonObject & { readonly server: string; readonly path: string };
    readonly local?: JsonObject & { readonly path: string };
  };
  readonly status?: JsonObject & {
    readonly phase?: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
    readonly reason?: string;
    readonly message?: string;
    readonly lastPhaseTransitionTime?: string;
  };
}

export interface PersistentVolumeClaim extends StoredObject {
  readonly spec: JsonObject & {
    readonly accessModes: readonly AccessMode[];
    readonly resources: JsonObject & { readonly requests: JsonObject & { readonly storage: string } };
    readonly volumeMode: VolumeMode;
    readonly storageClassName?: string;
    readonly selector?: LabelSelector;
    readonly volumeName?: string;
    readonly dataSource?: JsonObject;
    readonly dataSourceRef?: JsonObject;
    readonly volumeAttributesClassName?: string;
  };
  readonly status?: JsonObject & {
    readonly phase?: 'Pending' | 'Bound' | 'Lost';
    readonly accessModes?: readonly AccessMode[];
    readonly capacity?: JsonObject & { readonly storage?: string };
    readonly allocatedResources?: JsonObject;
    readonly allocatedResourceStatuses?: JsonObject;
    readonly conditions?: readonly Condition[];
  };
}

export interface StorageClass extends StoredObject {
  readonly provisioner: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly reclaimPolicy: 'Retain' | 'Delete';
  readonly volumeBindingMode: 'Immediate' | 'WaitForFirstConsumer';
  readonly allowVolumeExpansion?: boolean;
  readonly mountOptions?: readonly string[];
  readonly allowedTopologies?: readonly (JsonObject & {
    readonly matchLabelExpressions?: readonly (JsonObject & { readonly key: string; readonly values: readonly string[] })[];
  })[];
}

export interface VolumeAttachment extends StoredObject {
  readonly spec: JsonObject & {
    readonly attacher: string;
    readonly nodeName: string;
    readonly source: JsonObject & { readonly persistentVolumeName?: string };
  };
  readonly status?: JsonObject & { readonly attached?: boolean; readonly attachError?: JsonObject & { readonly message?: string } };
}

export interface CsiNode extends StoredObject {
  readonly spec: JsonObject & {
    readonly drivers: readonly (JsonObject & {
      readonly name: string;
      readonly nodeID: string;
      readonly topologyKeys?: readonly string[];
      readonly allocatable?: JsonObject & { readonly count?: number };
    })[];
  };
}

export interface CsiDriver extends StoredObject {
  readonly spec?: JsonObject & { readonly attachRequired?: boolean };
}

export interface Condition extends JsonObject {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  /** Only of Deployments. */
  readonly lastUpdateTime?: string;
}

export interface Taint extends JsonObject {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  readonly timeAdded?: string;
}

export interface Toleration extends JsonObject {
  readonly key?: string;
  /** `Equal` if absent; also `Exists`, and for numbers `Gt` and `Lt`. */
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

/** Quantities by resource: `cpu`, `memory`, `pods`, `ephemeral-storage`, or an extended resource. */
export type ResourceList = Readonly<Record<string, string>>;

export interface NodeObject extends StoredObject {
  readonly spec?: JsonObject & { readonly unschedulable?: boolean; readonly taints?: readonly Taint[]; readonly podCIDR?: string };
  readonly status?: JsonObject & {
    readonly capacity?: ResourceList;
    readonly allocatable?: ResourceList;
    readonly conditions?: readonly Condition[];
    readonly images?: readonly (JsonObject & { readonly names?: readonly string[]; readonly sizeBytes?: number })[];
    readonly volumesAttached?: readonly (JsonObject & { readonly name: string; readonly devicePath: string })[];
    readonly volumesInUse?: readonly string[];
  };
}

export interface ContainerObject extends JsonObject {
  readonly name: string;
  readonly image?: string;
  readonly ports?: readonly (JsonObject & {
    readonly containerPort: number;
    readonly hostPort?: number;
    readonly hostIP?: string;
    readonly protocol?: string;
  })[];
  readonly resources?: JsonObject & { readonly requests?: ResourceList; readonly limits?: ResourceList };
  /** `Always` on an init container makes it a sidecar. */
  readonly restartPolicy?: string;
  readonly volumeMounts?: readonly (JsonObject & { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean })[];
  readonly volumeDevices?: readonly (JsonObject & { readonly name: string; readonly devicePath: string })[];
}

/** A volume of a pod: its name and one source. */
export interface PodVolume extends JsonObject {
  readonly name: string;
  readonly persistentVolumeClaim?: JsonObject & { readonly claimName: string; readonly readOnly?: boolean };
  readonly ephemeral?: JsonObject & { readonly volumeClaimTemplate?: JsonObject };
}

/** Pods that a pod wants near it, or far from it: `topologyKey` says what near means. */
export interface PodAffinityTerm extends JsonObject {
  readonly topologyKey: string;
  readonly labelSelector?: LabelSelector & JsonObject;
  readonly namespaces?: readonly string[];
  /** `{}` stands for all namespaces. */
  readonly namespaceSelector?: LabelSelector & JsonObject;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

export interface PodAffinityTerms extends JsonObject {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly (JsonObject & { readonly weight: number; readonly podAffinityTerm: PodAffinityTerm })[];
}

export interface TopologySpreadConstraint extends JsonObject {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector?: LabelSelector & JsonObject;
  readonly matchLabelKeys?: readonly string[];
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy?: 'Honor' | 'Ignore';
}

export interface PodObject extends StoredObject {
  readonly spec: JsonObject & {
    readonly nodeName?: string;
    readonly schedulerName?: string;
    readonly priority?: number;
    readonly priorityClassName?: string;
    readonly preemptionPolicy?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly affinity?: JsonObject & {
      readonly nodeAffinity?: JsonObject & {
        readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
        readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly (JsonObject & { readonly weight: number; readonly preference: NodeSelectorTerm })[];
      };
      readonly podAffinity?: PodAffinityTerms;
      readonly podAntiAffinity?: PodAffinityTerms;
    };
    readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
    readonly tolerations?: readonly Toleration[];
    readonly containers: readonly ContainerObject[];
    readonly initContainers?: readonly ContainerObject[];
    readonly volumes?: readonly PodVolume[];
    readonly overhead?: ResourceList;
    /** Requests of the whole pod, in place of the sum of its containers. */
    readonly resources?: JsonObject & { readonly requests?: ResourceList; readonly limits?: ResourceList };
    readonly hostNetwork?: boolean;
    readonly restartPolicy?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly schedulingGates?: readonly (JsonObject & { readonly name: string })[];
  };
  readonly status?: JsonObject & {
    readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly JsonObject[];
    readonly nominatedNodeName?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly startTime?: string;
  };
}
