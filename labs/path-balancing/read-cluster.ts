import { dnsLabel, dnsSubdomain } from '../reading/name-rules.ts';
import type { SettingsReader } from '../reading/settings-reader.ts';
import { limits, proxyModes, type ClusterInput, type NodeInput } from './input.ts';
import { readNumber } from './read-numbers.ts';

function readNode(reader: SettingsReader, index: number): NodeInput {
  const path = ['nodes', index];
  reader.onlyFields(path, ['name', 'zone', 'pods', 'notReady', 'podsLater']);
  const name = reader.text([...path, 'name']);
  if (name === undefined && reader.isObject(path)) reader.wrong(path, 'this node has no name', 'a field name, such as node-1');
  for (const sentence of dnsSubdomain(name ?? 'node')) reader.wrong([...path, 'name'], sentence, 'the name of a node, such as node-1');
  const zone = reader.text([...path, 'zone']) ?? '';
  if (zone !== '') for (const sentence of dnsLabel(zone)) reader.wrong([...path, 'zone'], sentence, 'the name of a zone, such as zone-a');
  const pods = readNumber(reader, [...path, 'pods'], { min: 0, max: limits.podsPerNode }) ?? 0;
  const notReady = readNumber(reader, [...path, 'notReady'], { min: 0, max: pods }) ?? 0;
  const podsLater = readNumber(reader, [...path, 'podsLater'], { min: 0, max: limits.podsPerNode }) ?? null;
  return { name: name ?? `node-${String(index + 1)}`, zone, pods, notReady, podsLater };
}

/** The cluster part: mode, nodes, pods on them now and after a scaling. */
export function readCluster(reader: SettingsReader): ClusterInput {
  reader.onlyFields([], ['proxy', 'nodes', 'scaleAfterRequests']);
  const written = Array.from({ length: reader.length(['nodes'], limits.nodes) }, (_, index) => readNode(reader, index));
  const nodes = written.length > 0 ? written : [{ name: 'node-1', zone: '', pods: 3, notReady: 0, podsLater: null }];
  nodes.forEach(({ name }, index) => {
    if (nodes.findIndex((node) => node.name === name) < index)
      reader.wrong(['nodes', index, 'name'], `there is a node ${name} above already`, 'each node once');
  });
  const scaleAfterRequests = readNumber(reader, ['scaleAfterRequests'], { min: 1, max: limits.requests }) ?? null;
  const later = nodes.findIndex(({ podsLater }) => podsLater !== null);
  if (later !== -1 && scaleAfterRequests === null)
    reader.wrong(
      ['nodes', later, 'podsLater'],
      'nothing says when the pods are scaled',
      'scaleAfterRequests beside nodes',
      'Add a line such as scaleAfterRequests: 300',
    );
  return { proxy: reader.choice(['proxy'], proxyModes) ?? 'iptables', nodes, scaleAfterRequests };
}
