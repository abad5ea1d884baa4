import { fieldOf, type Json, type JsonObject } from '../../patch/json.ts';
import { generatedName } from '../../store/generated-name.ts';
import { getObject } from '../../store/store.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { objectAt, objectsAt, textAt, withEach } from '../read-fields.ts';
import { earlyRefusal } from './refusal.ts';

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const volumePrefix = 'kube-api-access-';

/** A token, the certificate to know the API server by, and the name of the namespace. Models TokenVolumeSource. */
const tokenSources: Json = [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
];

/** Gives each container without a mount at the place of the token one, and the pod the volume. */
function withToken(spec: JsonObject, newName: string): JsonObject {
  const volumes = objectsAt(spec, 'volumes');
  const present = volumes.map((volume) => textAt(volume, 'name')).find((name) => name.startsWith(volumePrefix));
  const mount = { name: present ?? newName, readOnly: true, mountPath };
  const mounted = (container: JsonObject): JsonObject => {
    const mounts = objectsAt(container, 'volumeMounts');
    return mounts.some((each) => textAt(each, 'mountPath') === mountPath) ? container : { ...container, volumeMounts: [...mounts, mount] };
  };
  const changed = withEach(withEach(spec, 'initContainers', mounted), 'containers', mounted);
  if (changed === spec || present !== undefined) return changed;
  return { ...changed, volumes: [...volumes, { name: newName, projected: { sources: tokenSources, defaultMode: 420 } }] };
}

/**
 * Pods run as a service account, `default` if they name none, and find its token as a volume. The account `default` counts as there in each namespace:
 * the controller that makes it is not modelled. A lab whose pods should look bare leaves this plugin out. Models plugin/pkg/admission/serviceaccount.
 */
export const serviceAccountAdmission: AdmissionPlugin = {
  name: 'ServiceAccount',
  kinds: ['Pod'],
  mutate: ({ object, old, store }) => {
    if (old !== undefined || object.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return object;
    const spec = objectAt(object, 'spec');
    const { namespace = 'default', name: podName = '' } = object.metadata;
    const name = textAt(spec, 'serviceAccountName') === '' ? 'default' : textAt(spec, 'serviceAccountName');
    const account = getObject(store, { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name });
    if (account === undefined && name !== 'default') {
      return earlyRefusal(object, `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`);
    }
    const secrets = account === undefined ? [] : objectsAt(account, 'imagePullSecrets');
    const pulls = objectsAt(spec, 'imagePullSecrets').length === 0 && secrets.length > 0 ? { imagePullSecrets: secrets } : {};
    const named = { ...spec, serviceAccountName: name, serviceAccount: name, ...pulls };
    const mounts = fieldOf(spec, 'automountServiceAccountToken') ?? (account === undefined ? true : (fieldOf(account, 'automountServiceAccountToken') ?? true));
    if (mounts !== true) return { ...object, spec: named };
    const newName = generatedName(volumePrefix, [store.seed, 'pods', namespace, podName, store.revision].join('/'));
    return { ...object, spec: withToken(named, newName) };
  },
};
