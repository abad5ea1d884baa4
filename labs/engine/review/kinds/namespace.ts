import { dnsLabel } from '../../../reading/name-rules.ts';
import type { RequestedObject } from '../../store/stored-object.ts';
import type { KindRules } from '../kind-rules.ts';
import { objectAt, textsAt } from '../read-fields.ts';

/** The label by which namespaces are selected in policies. Whoever takes it away gets it back. */
function withNameLabel(object: RequestedObject): RequestedObject {
  const { name = '', labels = {} } = object.metadata;
  const label = 'kubernetes.io/metadata.name';
  if (name === '' || labels[label] === name) return object;
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, [label]: name } } };
}

/** Namespaces. Models pkg/apis/core/v1/defaults.go SetDefaults_Namespace and pkg/registry/core/namespace/strategy.go. */
export const namespaceRules: KindRules = {
  group: '',
  kind: 'Namespace',
  nameRule: dnsLabel,
  defaults: withNameLabel,
  prepare: (object) => {
    const others = textsAt(objectAt(object, 'spec'), 'finalizers').filter((each) => each !== 'kubernetes');
    return { ...object, spec: { ...objectAt(object, 'spec'), finalizers: [...others, 'kubernetes'] }, status: { phase: 'Active' } };
  },
  // The finalizers of the content can only be taken away, and only once the namespace is being deleted; the API server has a subresource for that.
  prepareUpdate: (object, old) => {
    const isEnding = old.metadata.deletionTimestamp !== undefined;
    return { ...withNameLabel(object), spec: isEnding ? objectAt(object, 'spec') : objectAt(old, 'spec') };
  },
};
