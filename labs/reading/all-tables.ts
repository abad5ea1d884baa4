import { fieldTables, type FieldTables } from './fields-tables.ts';
import { accessTypes } from './tables/access.ts';
import { appsTypes } from './tables/apps.ts';
import { batchTypes } from './tables/batch.ts';
import { configTypes } from './tables/config.ts';
import { extensionTypes } from './tables/extension.ts';
import { metaTypes } from './tables/meta.ts';
import { networkingTypes } from './tables/networking.ts';
import { nodeTypes } from './tables/node.ts';
import { otherTypes } from './tables/other.ts';
import { podTypes } from './tables/pod.ts';
import { scalingTypes } from './tables/scaling.ts';
import { serviceTypes } from './tables/service.ts';
import { volumeTypes } from './tables/volume.ts';

/** Modules of ./tables by name: everything that v1.37 serves. For tests and programs that read any kind; a lab names the modules that it needs. */
export const allModules: Readonly<Record<string, string>> = {
  meta: metaTypes,
  pod: podTypes,
  volume: volumeTypes,
  node: nodeTypes,
  config: configTypes,
  service: serviceTypes,
  apps: appsTypes,
  batch: batchTypes,
  scaling: scalingTypes,
  networking: networkingTypes,
  access: accessTypes,
  extension: extensionTypes,
  other: otherTypes,
};

/** Fields of all kinds. */
export const allTables: FieldTables = fieldTables(Object.values(allModules));
