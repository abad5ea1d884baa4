import { fieldOf, isObject, type JsonObject } from '../../engine/patch/json.ts';

/** What a machine reports that says nothing else: as the recorded nodes. */
const machine = { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '100Gi' };

/** A node as its kubelet registers it: with its host name as a label, and with what the machine has unless the manifest says so. Other objects as they are. */
export function registeredNode(object: JsonObject): JsonObject {
  if (fieldOf(object, 'kind') !== 'Node') return object;
  const metadata = objectIn(object, 'metadata');
  const status = objectIn(object, 'status');
  const capacity = { ...machine, ...objectIn(status, 'capacity') };
  const name = fieldOf(metadata, 'name') ?? '';
  return {
    ...object,
    metadata: { ...metadata, labels: { 'kubernetes.io/hostname': name, ...objectIn(metadata, 'labels') } },
    status: { ...status, capacity, allocatable: { ...capacity, ...objectIn(status, 'allocatable') } },
  };
}

function objectIn(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isObject(value) ? value : {};
}
