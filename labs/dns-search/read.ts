import { clusterObjects } from '../kit/cluster-view.ts';
import type { LearnerError, Reader, ReadResult } from '../lab.ts';
import { dnsKinds } from '../reading/kinds.ts';
import { readObjects } from '../reading/objects.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { readResolvConf } from '../reading/resolv-conf.ts';
import { SettingsReader } from '../reading/settings-reader.ts';
import { usualBounds } from '../reading/read-yaml.ts';
import type { Input } from './input.ts';
import { parts, type PartId } from './parts.ts';
import { readLookup } from './read-lookup.ts';
import { readNetwork } from './read-network.ts';

const inPart =
  (part: PartId) =>
  (error: ReadingError): LearnerError<PartId> => ({ part, ...error });

function read(texts: Readonly<Record<PartId, string>>): ReadResult<PartId, Input> {
  const objects = readObjects(texts.cluster, dnsKinds, { ...usualBounds, bytesMax: parts.cluster.bytesMax });
  const networkReader = new SettingsReader(texts.network, parts.network.bytesMax);
  const network = readNetwork(networkReader);
  const lookupReader = new SettingsReader(texts.lookup, parts.lookup.bytesMax);
  const asked = readLookup(lookupReader);
  const file = readResolvConf(texts.resolvConf, parts.resolvConf.bytesMax);
  const { view, pods } = clusterObjects(objects.objects, network.clusterDns[0] ?? '10.96.0.10');
  const [pod] = pods;
  const noPod: readonly ReadingError[] =
    objects.errors.length > 0 || pod !== undefined
      ? []
      : [
          {
            line: 1,
            column: 1,
            message: 'nobody asks: there is no Pod',
            expected: 'a Pod; the first one looks the name up',
            hint: 'Add a document with kind: Pod.',
          },
        ];
  const errors = [
    ...[...objects.errors, ...noPod].map(inPart('cluster')),
    ...file.errors.map(inPart('resolvConf')),
    ...networkReader.errors.map(inPart('network')),
    ...lookupReader.errors.map(inPart('lookup')),
  ];
  if (errors.length > 0 || pod === undefined) return { ok: false, errors };
  const pastedResolvConf = texts.resolvConf.trim() === '' ? null : texts.resolvConf;
  return { ok: true, input: { clusterText: texts.cluster, pod, view, pastedResolvConf, network, asked } };
}

export default { read } satisfies Reader<PartId, Input>;
