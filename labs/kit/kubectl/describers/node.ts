import type { JsonObject } from '../../../engine/patch/json.ts';
import { getObject, type Store } from '../../../engine/store/store.ts';
import { listKind } from '../../../engine/api/kinds.ts';
import { milliValue, parseQuantity, quantityText, quantityValue, type Quantity } from '../../../reading/quantity.ts';
import { fieldAt, objectAt, objectsAt, sortedEntries, textAt, textsAt } from '../field-at.ts';
import { ageAt, dateAt } from '../moment.ts';
import { podAmounts, together, type Amounts } from '../pod-resources.ts';
import { quantityWord } from '../volume-words.ts';
import { nodeRoles } from '../tables/node-table.ts';
import { annotationLines, column, labelLines, type Describer, type Surroundings } from './description.ts';

/** `key=value:Effect`, by effect and key. */
function taintLines(node: JsonObject): readonly string[] {
  const taints = objectsAt(node, 'spec.taints').map((taint) => {
    const [key, value, effect] = [textAt(taint, 'key'), textAt(taint, 'value'), textAt(taint, 'effect')];
    return [`${effect},${key}`, `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`] as const;
  });
  return column(
    'Taints',
    taints.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text),
  );
}

/** The lease by which the kubelet says that it lives; nothing where a cluster is without leases. */
function leaseLines(node: string, store: Store): readonly string[] {
  const lease = getObject(store, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'kube-node-lease', name: node });
  if (lease === undefined) return [];
  const time = (field: string): string => (fieldAt(lease, `spec.${field}`) === undefined ? '<unset>' : dateAt(lease, `spec.${field}`));
  const holder = textAt(lease, 'spec.holderIdentity') || '<unset>';
  return ['Lease:', `  HolderIdentity:\t${holder}`, `  AcquireTime:\t${time('acquireTime')}`, `  RenewTime:\t${time('renewTime')}`];
}

function conditionLines(node: JsonObject): readonly string[] {
  const conditions = objectsAt(node, 'status.conditions');
  if (conditions.length === 0) return [];
  const headings = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'];
  const rows = conditions.map((each) => {
    const [type, status, reason, message] = ['type', 'status', 'reason', 'message'].map((field) => textAt(each, field));
    return `  ${type} \t${status} \t${dateAt(each, 'lastHeartbeatTime')} \t${dateAt(each, 'lastTransitionTime')} \t${reason} \t${message}`;
  });
  return ['Conditions:', `  ${headings.join('\t')}`, `  ${headings.map((heading) => '-'.repeat(heading.length)).join('\t')}`, ...rows];
}

function listLines(title: string, list: JsonObject): readonly string[] {
  const entries = sortedEntries(list);
  return entries.length === 0 ? [] : [`${title}:`, ...entries.map(([name, text]) => `  ${name}:\t${quantityWord(text)}`)];
}

const systemInfo = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
] as const;

/** `100m (2%)` of what the node has; the share is cut off. */
function shareText(amount: Quantity | undefined, name: string, allocatable: JsonObject): string {
  const has = parseQuantity(textAt({ held: allocatable[name] ?? null }, 'held') || '0');
  const read = name === 'cpu' ? milliValue : quantityValue;
  const [part, whole] = [amount === undefined ? 0n : read(amount), has.ok ? read(has.quantity) : 0n];
  const share = whole === 0n ? 0 : Math.trunc((Number(part) / Number(whole)) * 100);
  return `${amount === undefined ? '0' : quantityText(amount)} (${share}%)`;
}

function isExtended(name: string): boolean {
  return !['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name) && !name.startsWith('hugepages-');
}

/** The pods on a node and what they take. Models kubectl pkg/describe describeNodeResource. */
function podLines(node: JsonObject, name: string, { store, nowMs }: Surroundings): readonly string[] {
  const pods = listKind(store, 'Pod').filter(({ spec, status }) => spec.nodeName === name && status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
  const capacity = objectAt(node, 'status.capacity');
  const allocatable = Object.keys(objectAt(node, 'status.allocatable')).length > 0 ? objectAt(node, 'status.allocatable') : capacity;
  let requests: Amounts = new Map();
  let limits: Amounts = new Map();
  const rows = pods.map((pod) => {
    const [own, ownMost] = [podAmounts(pod, 'requests'), podAmounts(pod, 'limits')];
    requests = together(requests, own);
    limits = together(limits, ownMost);
    const shares = ['cpu', 'memory'].flatMap((resource) => [own, ownMost].map((amounts) => shareText(amounts.get(resource), resource, allocatable)));
    return `  ${textAt(pod, 'metadata.namespace')}\t${pod.metadata.name}\t\t${shares.join('\t')}\t${ageAt(pod, 'metadata.creationTimestamp', nowMs)}`;
  });
  const names = Object.keys(allocatable).sort();
  const shared = ['cpu', 'memory', 'ephemeral-storage', ...names.filter((each) => each.startsWith('hugepages-'))];
  const text = (amount: Quantity | undefined): string => (amount === undefined ? '0' : quantityText(amount));
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...rows,
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...shared.map((each) => `  ${each}\t${shareText(requests.get(each), each, allocatable)}\t${shareText(limits.get(each), each, allocatable)}`),
    ...names.filter((each) => isExtended(each)).map((each) => `  ${each}\t${text(requests.get(each))}\t${text(limits.get(each))}`),
  ];
}

/** Models kubectl pkg/describe describeNode. */
export const describeNode: Describer = (node, surroundings) => {
  const { name } = node.metadata;
  const [range, ranges, provider] = [textAt(node, 'spec.podCIDR'), textsAt(node, 'spec.podCIDRs').join(','), textAt(node, 'spec.providerID')];
  return [
    `Name:\t${name}`,
    `Roles:\t${nodeRoles(node)}`,
    ...labelLines('Labels', objectAt(node, 'metadata.labels')),
    ...annotationLines(objectAt(node, 'metadata.annotations')),
    `CreationTimestamp:\t${dateAt(node, 'metadata.creationTimestamp')}`,
    ...taintLines(node),
    `Unschedulable:\t${String(fieldAt(node, 'spec.unschedulable') === true)}`,
    ...leaseLines(name, surroundings.store),
    ...conditionLines(node),
    'Addresses:',
    ...objectsAt(node, 'status.addresses').map((each) => `  ${textAt(each, 'type')}:\t${textAt(each, 'address')}`),
    ...listLines('Capacity', objectAt(node, 'status.capacity')),
    ...listLines('Allocatable', objectAt(node, 'status.allocatable')),
    'System Info:',
    ...systemInfo.map(([title, field]) => `  ${title}:\t${textAt(node, `status.nodeInfo.${field}`)}`),
    ...(range === '' ? [] : [`PodCIDR:\t${range}`]),
    ...(ranges === '' ? [] : [`PodCIDRs:\t${ranges}`]),
    ...(provider === '' ? [] : [`ProviderID:\t${provider}`]),
    ...podLines(node, name, surroundings),
  ];
};
