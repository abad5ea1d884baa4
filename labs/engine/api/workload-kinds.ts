import type { JsonObject } from '../patch/json.ts';
import type { StoredObject } from '../store/stored-object.ts';
import type { Condition, PersistentVolumeClaim, PodObject } from './cluster-kinds.ts';
import type { LabelSelector } from './selectors.ts';

/** Workloads as their controllers read them: v1.37 field names, only fields that some rule looks at; what the server defaults is there. */

export interface PodTemplate extends JsonObject {
  readonly metadata?: JsonObject & {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: PodObject['spec'];
}

interface WorkloadSpec extends JsonObject {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly selector: JsonObject & LabelSelector;
  readonly template: PodTemplate;
}

interface WorkloadStatus extends JsonObject {
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
}

export interface ReplicaSet extends StoredObject {
  readonly spec: WorkloadSpec;
  readonly status?: WorkloadStatus & { readonly fullyLabeledReplicas?: number; readonly terminatingReplicas?: number };
}

export interface Deployment extends StoredObject {
  readonly spec: WorkloadSpec & {
    readonly paused?: boolean;
    readonly revisionHistoryLimit?: number;
    readonly progressDeadlineSeconds?: number;
    readonly strategy?: JsonObject & {
      readonly type?: string;
      readonly rollingUpdate?: JsonObject & { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string };
    };
  };
  readonly status?: WorkloadStatus & {
    readonly updatedReplicas?: number;
    readonly unavailableReplicas?: number;
    readonly terminatingReplicas?: number;
    readonly collisionCount?: number;
  };
}

export interface StatefulSet extends StoredObject {
  readonly spec: WorkloadSpec & {
    readonly serviceName?: string;
    readonly podManagementPolicy?: string;
    readonly ordinals?: JsonObject & { readonly start?: number };
    readonly revisionHistoryLimit?: number;
    readonly updateStrategy?: JsonObject & {
      readonly type?: string;
      readonly rollingUpdate?: JsonObject & { readonly partition?: number };
    };
    readonly volumeClaimTemplates?: readonly (JsonObject & {
      readonly metadata: JsonObject & { readonly name: string };
      readonly spec: PersistentVolumeClaim['spec'];
    })[];
    readonly persistentVolumeClaimRetentionPolicy?: JsonObject & { readonly whenDeleted?: string; readonly whenScaled?: string };
  };
  readonly status?: WorkloadStatus & {
    readonly currentReplicas?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly collisionCount?: number;
  };
}

/** A past or present template of a StatefulSet. */
export interface ControllerRevision extends StoredObject {
  readonly data?: JsonObject;
  readonly revision: number;
}

export interface NamespaceObject extends StoredObject {
  readonly spec?: JsonObject & { readonly finalizers?: readonly string[] };
  readonly status?: JsonObject & { readonly phase?: 'Active' | 'Terminating'; readonly conditions?: readonly Condition[] };
}

/** What a kind's name stands for. */
export interface WorkloadKinds {
  readonly ReplicaSet: ReplicaSet;
  readonly Deployment: Deployment;
  readonly StatefulSet: StatefulSet;
  readonly ControllerRevision: ControllerRevision;
  readonly Namespace: NamespaceObject;
}

export const workloadVersions: Readonly<Record<keyof WorkloadKinds, string>> = {
  ReplicaSet: 'apps/v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  ControllerRevision: 'apps/v1',
  Namespace: 'v1',
};
