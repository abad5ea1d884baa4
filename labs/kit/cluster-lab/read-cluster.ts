import type { ClusterParts } from '../../engine/loop/cluster.ts';
import type { JsonObject } from '../../engine/patch/json.ts';
import { emptyStore, type Store } from '../../engine/store/store.ts';
import { write } from '../../engine/store/write.ts';
import type { LearnerError, Part, Reader } from '../../lab.ts';
import type { FieldTables } from '../../reading/fields-tables.ts';
import { errorAt } from '../../reading/manifests-causes.ts';
import { readManifests, type Manifest } from '../../reading/manifests.ts';
import { usualBounds } from '../../reading/read-yaml.ts';
import type { ReadingError } from '../../reading/reading-error.ts';
import type { ClusterInput } from './cluster-state.ts';
import { registeredNode } from './registered-node.ts';

type PartId = 'setup' | 'objects';

/** What the reader of a cluster lab needs: the labels and bounds of its texts, the fields of the kinds it knows, and the API server's own checks. */
export interface ClusterReading {
  readonly parts: Readonly<Record<PartId, Part>>;
  readonly tables: FieldTables;
  readonly review: NonNullable<ClusterParts['review']>;
}

const errorsMax = 50;
const partIds: readonly PartId[] = ['setup', 'objects'];

/** Reads the two texts of a cluster lab: YAML, kinds, fields and types as kubectl does, then what the API server refuses of a new object. */
export function clusterReader({ parts, tables, review }: ClusterReading): Reader<PartId, ClusterInput> {
  return {
    read: (texts) => {
      const readings = partIds.map((part) => ({ part, ...readManifests(texts[part], tables, { ...usualBounds, bytesMax: parts[part].bytesMax }) }));
      const unreadable = readings.flatMap(({ part, errors }) => errors.map((error) => ({ part, ...error })));
      if (unreadable.length > 0) return { ok: false, errors: unreadable.slice(0, errorsMax) };
      const errors: LearnerError<PartId>[] = [];
      let store = emptyStore();
      for (const { part, objects } of readings) {
        for (const manifest of objects) {
          const tried = created(store, manifest, review);
          store = tried.store;
          errors.push(...tried.errors.map((error) => ({ part, ...error })));
        }
      }
      if (errors.length > 0) return { ok: false, errors: errors.slice(0, errorsMax) };
      const [setup = [], objects = []] = readings.map((reading) => reading.objects.map(objectOf));
      return { ok: true, input: { setup, objects } };
    },
  };
}

const objectOf = ({ value }: Manifest): JsonObject => registeredNode(value);

/** Creates an object in a store of its own, to hear what the API server says to it. */
function created(store: Store, manifest: Manifest, review: ClusterReading['review']): { readonly store: Store; readonly errors: readonly ReadingError[] } {
  const result = write(store, { verb: 'create', object: objectOf(manifest), atMs: 0 }, review(store, 0));
  if (result.ok) return { store: result.store, errors: [] };
  const { reason, message, causes } = result.error;
  const kubectl = `Error from server (${reason}): ${message}`;
  const place = manifest.positionOf(['metadata', 'name']);
  if (reason === 'AlreadyExists') {
    const hint = 'Give one of the two another name or namespace.';
    return { store, errors: [{ ...place, message: `there is a ${manifest.kind} "${manifest.name}" above already`, expected: 'each object once', hint }] };
  }
  if (causes !== undefined && causes.length > 0) return { store, errors: errorAt(manifest, causes) };
  return { store, errors: [{ ...place, message, expected: `a ${manifest.kind} that the API server accepts`, kubectl }] };
}
