import { claimTable } from './tables/claim-table.ts';
import { cronJobTable } from './tables/cron-job-table.ts';
import { daemonSetTable } from './tables/daemon-set-table.ts';
import { deploymentTable } from './tables/deployment-table.ts';
import { eventTable } from './tables/event-table.ts';
import { jobTable } from './tables/job-table.ts';
import { namespaceTable } from './tables/namespace-table.ts';
import { nodeTable } from './tables/node-table.ts';
import { podTable } from './tables/pod-table.ts';
import { replicaSetTable } from './tables/replica-set-table.ts';
import { serviceTable } from './tables/service-table.ts';
import { statefulSetTable } from './tables/stateful-set-table.ts';
import { storageClassTable } from './tables/storage-class-table.ts';
import { volumeAttachmentTable } from './tables/volume-attachment-table.ts';
import { volumeTable } from './tables/volume-table.ts';
import type { Table } from './table.ts';

/** Kinds that `kubectl get` shows as a table. */
const tables: readonly (readonly [kind: string, table: Table])[] = [
  ['Pod', podTable],
  ['Node', nodeTable],
  ['PersistentVolume', volumeTable],
  ['PersistentVolumeClaim', claimTable],
  ['StorageClass', storageClassTable],
  ['VolumeAttachment', volumeAttachmentTable],
  ['Deployment', deploymentTable],
  ['ReplicaSet', replicaSetTable],
  ['StatefulSet', statefulSetTable],
  ['DaemonSet', daemonSetTable],
  ['Job', jobTable],
  ['CronJob', cronJobTable],
  ['Namespace', namespaceTable],
  ['Service', serviceTable],
  ['Event', eventTable],
];

/** The table of a kind; undefined if it is not covered. */
export const tableOf = (kind: string): Table | undefined => tables.find(([each]) => each === kind)?.[1];

/** The kinds, for messages. */
export const tableKinds: readonly string[] = tables.map(([kind]) => kind);
