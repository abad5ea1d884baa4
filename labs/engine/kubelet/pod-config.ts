import type { ContainerObject, PodObject } from '../api/cluster-kinds.ts';
import { fieldOf, isList, isObject, type Json, type JsonObject } from '../patch/json.ts';
import { getObject, type Store } from '../store/store.ts';

type Kind = 'ConfigMap' | 'Secret';

/** What is missing of a ConfigMap or Secret that is referred to; undefined if nothing is, or if it may be missing. */
function missing(store: Store, namespace: string, kind: Kind, reference: JsonObject): string | undefined {
  if (reference.optional === true) return undefined;
  const name = textOf(reference.name ?? reference.secretName);
  const object = getObject(store, { apiVersion: 'v1', kind, namespace, name });
  if (object === undefined) return `${kind.toLowerCase()} "${name}" not found`;
  const { key } = reference;
  if (typeof key !== 'string') return undefined;
  const holds = [object.data, object.binaryData, object.stringData].some((data) => isObject(data) && fieldOf(data, key) !== undefined);
  return holds ? undefined : `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const objectsOf = (value: Json | undefined): readonly JsonObject[] => (isList(value) ? value.filter((each) => isObject(each)) : []);

/** Why a container cannot be made from its environment: the first ConfigMap, Secret or key that is not there. Models pkg/kubelet/kubelet_pods.go makeEnvironmentVariables. */
export function configError(store: Store, { metadata: { namespace = 'default' } }: PodObject, container: ContainerObject): string | undefined {
  const sources = [
    ...objectsOf(container.envFrom).map(({ configMapRef, secretRef }) => [configMapRef, secretRef] as const),
    ...objectsOf(container.env).map(({ valueFrom }) => {
      const from = isObject(valueFrom) ? valueFrom : {};
      return [from.configMapKeyRef, from.secretKeyRef] as const;
    }),
  ];
  for (const [configMap, secret] of sources) {
    const error =
      (isObject(configMap) ? missing(store, namespace, 'ConfigMap', configMap) : undefined) ??
      (isObject(secret) ? missing(store, namespace, 'Secret', secret) : undefined);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Why a volume made of a ConfigMap or a Secret cannot be filled; undefined for other volumes. Models pkg/volume/{configmap,secret}. */
export function contentError(store: Store, namespace: string, volume: JsonObject): string | undefined {
  for (const [field, kind] of [['configMap', 'ConfigMap'] as const, ['secret', 'Secret'] as const]) {
    const source = volume[field];
    if (!isObject(source)) continue;
    const error = missing(store, namespace, kind, source);
    if (error !== undefined) return error;
    const items = objectsOf(source.items).map(({ key }) => textOf(key));
    const object = getObject(store, { apiVersion: 'v1', kind, namespace, name: textOf(source.name ?? source.secretName) });
    const data = { ...(isObject(object?.data) && object.data), ...(isObject(object?.binaryData) && object.binaryData) };
    const absent = source.optional === true ? undefined : items.find((key) => !Object.hasOwn(data, key));
    if (absent !== undefined)
      return kind === 'ConfigMap' ? `configmap references non-existent config key: ${absent}` : `references non-existent secret key: ${absent}`;
  }
  return undefined;
}
