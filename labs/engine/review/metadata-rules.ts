import { dnsLabel, qualifiedName } from '../../reading/name-rules.ts';
import type { FieldCause } from '../store/status-error.ts';
import type { OwnerReference, RequestedObject, StoredObject } from '../store/stored-object.ts';
import { invalidValue, required } from './field-causes.ts';
import type { KindRules } from './kind-rules.ts';
import { labelCauses, nameCauses, optionalName } from './rules/name-causes.ts';

/** Keys and values of all annotations together. */
const annotationBytesMax = 256 * 1024;

/** What is wrong with an object's metadata. What did not change since `old` is not looked at again. Models apimachinery pkg/api/validation/objectmeta.go. */
export function metadataCauses({ nameRule }: KindRules, { metadata }: RequestedObject, old: StoredObject | undefined): readonly FieldCause[] {
  const { name = '', generateName = '', labels, annotations, ownerReferences, finalizers } = metadata;
  const before = old?.metadata;
  // A generated name ends in what replaces the dash: only what stands before it must be right.
  const prefix = generateName.replace(/-$/u, 'a');
  return [
    ...(before !== undefined || generateName === '' ? [] : nameRule(prefix).map((sentence) => invalidValue('metadata.generateName', generateName, sentence))),
    ...(before !== undefined
      ? []
      : name === ''
        ? [required('metadata.name', 'name or generateName is required')]
        : nameCauses(nameRule, 'metadata.name', name)),
    ...(before === undefined ? optionalName(metadata, 'metadata', 'namespace', dnsLabel) : []),
    ...(labels === undefined || labels === before?.labels ? [] : labelCauses('metadata.labels', labels)),
    ...(annotations === undefined || annotations === before?.annotations ? [] : annotationCauses('metadata.annotations', annotations)),
    ...(ownerReferences === undefined || ownerReferences === before?.ownerReferences ? [] : ownerCauses(ownerReferences)),
    ...(finalizers === undefined || finalizers === before?.finalizers ? [] : finalizerNameCauses(finalizers)),
  ];
}

/** What is wrong with annotations: their keys, without regard to case, and their size. */
export function annotationCauses(field: string, annotations: Readonly<Record<string, unknown>>): readonly FieldCause[] {
  const entries = Object.entries(annotations);
  const bytes = entries.reduce((total, [key, value]) => total + key.length + String(value).length, 0);
  return [
    ...entries.flatMap(([key]) => qualifiedName(key.toLowerCase()).map((sentence) => invalidValue(field, key, sentence))),
    ...(bytes > annotationBytesMax ? [{ field, message: `Too long: may not be more than ${annotationBytesMax} bytes` }] : []),
  ];
}

function ownerCauses(owners: readonly OwnerReference[]): readonly FieldCause[] {
  const field = 'metadata.ownerReferences';
  const empty = owners.flatMap((owner) =>
    (['apiVersion', 'kind', 'name', 'uid'] as const)
      .filter((part) => owner[part] === '')
      .map((part) => invalidValue(`${field}.${part}`, '', part === 'apiVersion' ? 'version must not be empty' : 'must not be empty')),
  );
  const [first, ...others] = owners.filter(({ controller }) => controller === true).map(({ kind, name }) => `${kind}/${name}`);
  const detail = (other: string): string => `Only one reference can have Controller set to true. Found "true" in references for ${first ?? ''} and ${other}`;
  return [...empty, ...others.map((other) => invalidValue(field, owners, detail(other)))];
}

const ownFinalizers = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Finalizers are qualified names; those without a domain are Kubernetes' own. That two exclude each other is the store's rule. */
function finalizerNameCauses(finalizers: readonly string[]): readonly FieldCause[] {
  const field = 'metadata.finalizers';
  return [
    ...finalizers.flatMap((finalizer) => nameCauses(qualifiedName, field, finalizer)),
    ...finalizers.flatMap((finalizer, index) =>
      finalizer.includes('/') || ownFinalizers.has(finalizer)
        ? []
        : [invalidValue(`${field}[${index}]`, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')],
    ),
  ];
}
