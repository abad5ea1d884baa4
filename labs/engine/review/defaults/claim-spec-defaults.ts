import type { JsonObject } from '../../patch/json.ts';
import { has, optionalAt, withDefaults } from '../read-fields.ts';

/** A claim's spec with what was left out. Models pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolumeClaimSpec. */
export function claimSpecDefaults(spec: JsonObject): JsonObject {
  return withDefaults(spec, { resources: {}, volumeMode: 'Filesystem' });
}

/**
 * The old and the new field for a source of data stand for each other, except across namespaces.
 * Models pkg/registry/core/persistentvolumeclaim/strategy.go NormalizeDataSources.
 */
export function withBothSources(spec: JsonObject): JsonObject {
  const [source, reference] = [optionalAt(spec, 'dataSource'), optionalAt(spec, 'dataSourceRef')];
  if (source !== undefined && reference === undefined) return { ...spec, dataSourceRef: source };
  if (reference !== undefined && source === undefined && !has(reference, 'namespace')) return { ...spec, dataSource: reference };
  return spec;
}
