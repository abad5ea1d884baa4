import { FieldReader, type FieldMistake } from '../reading/field-reader.ts';
import { dnsLabel } from '../reading/name-rules.ts';
import { fieldTables, type KnownKind } from '../reading/fields-tables.ts';
import { readManifests, type Manifest } from '../reading/manifests.ts';
import { usualBounds } from '../reading/read-yaml.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { checkServiceSpec } from '../reading/service-rules.ts';
import { metaTypes } from '../reading/tables/meta.ts';
import { serviceTypes } from '../reading/tables/service.ts';
import type { BalancedService } from './input.ts';

/** The longest time that the API server accepts for affinity: a day. */
const affinitySecondsMax = 86_400;
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/** A value that must be one of a few, in the API server's words. */
function oneOf(reader: FieldReader, values: readonly string[], mistakes: FieldMistake[]): void {
  if (!reader.isPresent || values.includes(reader.text)) return;
  const listed = values.map((value) => `"${value}"`).join(', ');
  const message = `spec.${String(reader.path.at(-1))}: Unsupported value: ${JSON.stringify(reader.value)}: supported values: ${listed}`;
  mistakes.push({ path: reader.path, message, expected: `one of ${values.join(', ')}` });
}

/** The fields that decide about shares. Models ValidateService in pkg/apis/core/validation. */
function checkBalancing(spec: FieldReader, mistakes: FieldMistake[]): void {
  oneOf(spec.at('type'), ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'], mistakes);
  oneOf(spec.at('sessionAffinity'), ['ClientIP', 'None'], mistakes);
  oneOf(spec.at('internalTrafficPolicy'), ['Cluster', 'Local'], mistakes);
  oneOf(spec.at('trafficDistribution'), distributions, mistakes);
  const policy = spec.at('externalTrafficPolicy');
  const isExternal = ['NodePort', 'LoadBalancer'].includes(spec.at('type').text);
  if (isExternal) oneOf(policy, ['Cluster', 'Local'], mistakes);
  else if (policy.isPresent)
    policy.invalid('may only be set for externally-accessible services', { expected: 'type NodePort or LoadBalancer, or no externalTrafficPolicy' });
  const config = spec.at('sessionAffinityConfig');
  if (config.isPresent && spec.at('sessionAffinity').text !== 'ClientIP')
    config.forbidden('must not be set when session affinity is None', { expected: 'sessionAffinity: ClientIP, or no sessionAffinityConfig' });
  const seconds = config.at('clientIP').at('timeoutSeconds');
  if (seconds.number !== undefined && (seconds.number <= 0 || seconds.number > affinitySecondsMax))
    seconds.invalid(`must be greater than 0 and less than ${String(affinitySecondsMax)}`, { expected: `seconds from 1 to ${String(affinitySecondsMax)}` });
}

/** What this lab asks beyond the API server: something to choose from, and an address that rules can choose for. */
function checkForLab({ written, positionOf, keyPositionOf }: Manifest): readonly ReadingError[] {
  const spec = new FieldReader(written, [], []).at('spec');
  const errors: ReadingError[] = [];
  if (spec.at('type').text === 'ExternalName')
    errors.push({
      ...positionOf(['spec', 'type']),
      message: 'kube-proxy does nothing for an ExternalName Service',
      expected: 'type ClusterIP, NodePort or LoadBalancer',
    });
  if (spec.at('clusterIP').text === 'None')
    errors.push({
      ...positionOf(['spec', 'clusterIP']),
      message: 'a headless Service has no rules: its clients choose among the addresses that DNS gives',
      expected: 'no clusterIP, or an address such as 10.96.10.10',
    });
  if (spec.at('clusterIP').text.includes(':'))
    errors.push({ ...positionOf(['spec', 'clusterIP']), message: 'this lab sends IPv4 only', expected: 'an address such as 10.96.10.10' });
  if (spec.at('selector').keys.length === 0)
    errors.push({
      ...(spec.at('selector').isPresent ? positionOf(['spec', 'selector']) : keyPositionOf(['spec'])),
      message: 'this Service selects no pods',
      expected: 'spec.selector with a label, such as app: cart',
      hint: 'The pods of this lab have whatever labels the selector asks for.',
    });
  const [port] = spec.at('ports').items();
  if (port?.at('protocol').text === 'SCTP')
    errors.push({ ...positionOf(['spec', 'ports', 0, 'protocol']), message: 'this lab sends TCP and UDP', expected: 'TCP or UDP' });
  return errors;
}

function mistakesOf(manifest: Manifest): readonly ReadingError[] {
  const { written, name, positionOf } = manifest;
  const mistakes: FieldMistake[] = [];
  const root = new FieldReader(written, [], mistakes);
  const metadataName = root.at('metadata').at('name');
  if (name === '') metadataName.required('name or generateName is required', { expected: 'metadata.name: a name' });
  else metadataName.follows(dnsLabel, { expected: 'at most 63 lower case letters, digits and hyphens' });
  checkServiceSpec(root.at('spec'));
  checkBalancing(root.at('spec'), mistakes);
  return mistakes.map(({ path, ...mistake }) => ({ ...positionOf(path), ...mistake, kubectl: `The Service "${name}" is invalid: ${mistake.message}` }));
}

const expected = 'one object of kind Service';

/** The reader's list of kinds, said of a lab that reads only one. */
function ofOneKind(error: ReadingError): ReadingError {
  const kind = /^a (\w+) has no part in this lab$/u.exec(error.message)?.[1];
  return kind === undefined ? error : { ...error, message: `this lab has no use for ${kind} objects`, expected };
}

/** The one Service of a text; undefined with errors. */
export function readService(text: string, bytesMax: number): { readonly service: BalancedService | undefined; readonly errors: readonly ReadingError[] } {
  // The tables hold neighbours of the Service too; a learner hears only of what this lab reads.
  const tables = { ...fieldTables([metaTypes, serviceTypes]), reads: ({ kind }: KnownKind) => kind === 'Service' };
  const { objects, errors } = readManifests(text, tables, { ...usualBounds, bytesMax });
  if (errors.length > 0) return { service: undefined, errors: errors.map(ofOneKind) };
  const [first, second] = objects;
  if (!first) return { service: undefined, errors: [{ line: 1, column: 1, message: 'there is no Service here', expected }] };
  if (second) return { service: undefined, errors: [{ ...second.positionOf(['kind']), message: 'there is a Service above already', expected }] };
  const mistakes = mistakesOf(first);
  const all = mistakes.length > 0 ? mistakes : checkForLab(first);
  if (all.length > 0) return { service: undefined, errors: all };
  const { metadata, spec } = first.value;
  return { service: { metadata, spec } as unknown as BalancedService, errors: [] };
}
