import { getObject } from '../../store/store.ts';
import { notFound } from '../../store/status-error.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { objectAt, textAt } from '../read-fields.ts';
import { earlyRefusal } from './refusal.ts';

/** Namespaces that the API server makes when it starts; they are there though nobody created them. */
const ownNamespaces = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/**
 * Nothing new in a namespace that is not there or is being terminated. Models apiserver pkg/admission/plugin/namespace/lifecycle; that the own namespaces
 * cannot be deleted is no part of this, because deletions are not reviewed.
 */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  mutate: ({ object, old, store }) => {
    const { namespace } = object.metadata;
    if (old !== undefined || namespace === undefined) return object;
    const found = getObject(store, { apiVersion: 'v1', kind: 'Namespace', name: namespace });
    if (found === undefined) return ownNamespaces.has(namespace) ? object : notFound({ group: '', kind: 'Namespace' }, namespace);
    if (textAt(objectAt(found, 'status'), 'phase') !== 'Terminating' && found.metadata.deletionTimestamp === undefined) return object;
    return earlyRefusal(object, `unable to create new content in namespace ${namespace} because it is being terminated`);
  },
};
