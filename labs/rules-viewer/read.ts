import type { LearnerError, Reader, ReadResult } from '../lab.ts';
import { dnsKinds } from '../reading/kinds.ts';
import { readObjects } from '../reading/objects.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { usualBounds } from '../reading/read-yaml.ts';
import { SettingsReader } from '../reading/settings-reader.ts';
import type { Cluster, ClusterNode, Input } from './input.ts';
import { parts, type PartId } from './parts.ts';
import { readCluster } from './read-cluster.ts';
import { readSettings } from './read-settings.ts';

/** Kinds that kube-proxy or the EndpointSlice controller cares about. */
const kinds = dnsKinds.filter(({ kind }) => kind !== 'StatefulSet');

function readPart(part: 'objects' | 'before', text: string, nodes: readonly ClusterNode[], errors: LearnerError<PartId>[]): Cluster {
  const reading = readObjects(text, kinds, { ...usualBounds, bytesMax: parts[part].bytesMax });
  const { cluster, errors: mistakes } = readCluster(reading.objects, nodes);
  errors.push(...[...reading.errors, ...mistakes].map((error: ReadingError) => ({ part, ...error })));
  return cluster;
}

function read(texts: Readonly<Record<PartId, string>>): ReadResult<PartId, Input> {
  const reader = new SettingsReader(texts.proxy, parts.proxy.bytesMax);
  const settings = readSettings(reader);
  const errors: LearnerError<PartId>[] = [];
  const cluster = readPart('objects', texts.objects, settings.nodes, errors);
  const before = texts.before.trim() === '' ? undefined : readPart('before', texts.before, settings.nodes, errors);
  errors.push(...reader.errors.map((error): LearnerError<PartId> => ({ part: 'proxy', ...error })));
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, input: { objectsText: texts.objects, cluster, settings, ...(before && { before }) } };
}

export default { read } satisfies Reader<PartId, Input>;
