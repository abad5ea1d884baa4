import type { ClusterInput } from '../kit/cluster-lab/cluster-state.ts';
import { clusterReader } from '../kit/cluster-lab/read-cluster.ts';
import type { Reader } from '../lab.ts';
import { fieldTables } from '../reading/fields-tables.ts';
import { appsTypes } from '../reading/tables/apps.ts';
import { configTypes } from '../reading/tables/config.ts';
import { metaTypes } from '../reading/tables/meta.ts';
import { nodeTypes } from '../reading/tables/node.ts';
import { podTypes } from '../reading/tables/pod.ts';
import { volumeTypes } from '../reading/tables/volume.ts';
import { review } from '../kit/cluster-lab/cluster-engine.ts';
import { parts, type PartId } from './parts.ts';

const tables = fieldTables([metaTypes, podTypes, volumeTypes, nodeTypes, configTypes, appsTypes]);

export default clusterReader({ parts, tables, review }) satisfies Reader<PartId, ClusterInput>;
