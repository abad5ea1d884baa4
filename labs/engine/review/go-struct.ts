import { fieldOf, isList, isObject, type Json, type JsonObject } from '../patch/json.ts';

/** The structures that are printed: their fields in Go's order, with what stands there if they are left out. */
const structs = {
  Taint: { key: '', value: '', effect: '', timeAdded: null },
  VolumeNodeAffinity: { required: null },
  NodeSelector: { nodeSelectorTerms: null },
  NodeSelectorTerm: { matchExpressions: null, matchFields: null },
  NodeSelectorRequirement: { key: '', operator: '', values: null },
  VolumeAttachmentSpec: { attacher: '', source: {}, nodeName: '' },
  // A volume without a name of its own is shown as it is written.
  VolumeAttachmentSource: { persistentVolumeName: null, inlineVolumeSpec: null },
  CSINodeDriver: { name: '', nodeID: '', topologyKeys: null, allocatable: null },
  VolumeNodeResources: { count: null },
  StatefulSetUpdateStrategy: { type: '', rollingUpdate: null },
  RollingUpdateStatefulSetStrategy: { partition: 0, maxUnavailable: null },
} as const satisfies Readonly<Record<string, JsonObject>>;

type StructName = keyof typeof structs;

/** Fields that hold a structure, or a list of them. */
const inner: Readonly<Partial<Record<string, StructName>>> = {
  required: 'NodeSelector',
  nodeSelectorTerms: 'NodeSelectorTerm',
  matchExpressions: 'NodeSelectorRequirement',
  matchFields: 'NodeSelectorRequirement',
  source: 'VolumeAttachmentSource',
  allocatable: 'VolumeNodeResources',
  rollingUpdate: 'RollingUpdateStatefulSetStrategy',
};

/** A value as the API server's messages show it where they print one of its own structures: all fields, their Go names, empty ones too. */
export function goStruct(type: StructName, value: JsonObject | undefined): Json {
  if (value === undefined) return null;
  const fields: JsonObject = structs[type];
  return Object.fromEntries(
    Object.entries(fields).map(([field, zero]) => [`${field.slice(0, 1).toUpperCase()}${field.slice(1)}`, shown(inner[field], fieldOf(value, field) ?? zero)]),
  );
}

function shown(type: StructName | undefined, value: Json): Json {
  if (type === undefined) return value;
  if (isList(value)) return value.map((element) => shown(type, element));
  return isObject(value) ? goStruct(type, value) : null;
}
