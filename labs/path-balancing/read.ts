import type { LearnerError, Reader, ReadResult } from '../lab.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { SettingsReader } from '../reading/settings-reader.ts';
import type { Input } from './input.ts';
import { parts, type PartId } from './parts.ts';
import { readCluster } from './read-cluster.ts';
import { readService } from './read-service.ts';
import { readTraffic } from './read-traffic.ts';

const inPart =
  (part: PartId) =>
  (error: ReadingError): LearnerError<PartId> => ({ part, ...error });

function read(texts: Readonly<Record<PartId, string>>): ReadResult<PartId, Input> {
  const { service, errors: serviceErrors } = readService(texts.service, parts.service.bytesMax);
  const clusterReader = new SettingsReader(texts.cluster, parts.cluster.bytesMax);
  const cluster = readCluster(clusterReader);
  const trafficReader = new SettingsReader(texts.traffic, parts.traffic.bytesMax);
  const traffic = readTraffic(trafficReader, cluster, service);
  const errors = [...serviceErrors.map(inPart('service')), ...clusterReader.errors.map(inPart('cluster')), ...trafficReader.errors.map(inPart('traffic'))];
  if (errors.length > 0 || service === undefined) return { ok: false, errors };
  return { ok: true, input: { serviceText: texts.service, service, cluster, traffic } };
}

export default { read } satisfies Reader<PartId, Input>;
