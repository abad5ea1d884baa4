import { cidrHas, familyOf, parseCidr } from '../engine/network/kube-proxy/cidr.ts';
import { address, dnsSubdomain } from '../reading/name-rules.ts';
import type { SettingsReader } from '../reading/settings-reader.ts';
import { crowdMax, modes, type ClusterNode, type Settings } from './input.ts';

const nodesMax = 6;
const nodesUsual: readonly ClusterNode[] = [
  { name: 'node-a', address: '192.0.2.11' },
  { name: 'node-b', address: '192.0.2.12' },
];

function readNodes(reader: SettingsReader): readonly ClusterNode[] {
  const names = reader.keys(['nodes']);
  if (names.length === 0) return nodesUsual;
  if (names.length > nodesMax) reader.wrong(['nodes'], `${String(names.length)} nodes are too many`, `at most ${String(nodesMax)}`);
  return names.slice(0, nodesMax).map((name) => {
    const written = reader.text(['nodes', name]) ?? '';
    for (const wrong of dnsSubdomain(name)) reader.wrong(['nodes', name], wrong, 'the name of a node such as node-a');
    if (address(written).length > 0 || familyOf(written) !== 'IPv4')
      reader.wrong(['nodes', name], `${JSON.stringify(written)} is no IPv4 address`, 'the address of the node such as 192.0.2.11');
    return { name, address: written };
  });
}

function wholeNumber(reader: SettingsReader, field: string, max: number, usual: number): number {
  const text = reader.text([field]);
  if (text === undefined) return usual;
  if (/^\d{1,6}$/u.test(text) && Number(text) <= max) return Number(text);
  reader.wrong([field], `${JSON.stringify(text)} cannot stand here`, `a whole number from 0 to ${String(max)}`);
  return usual;
}

function readClusterCidr(reader: SettingsReader, nodes: readonly ClusterNode[]): string {
  const text = reader.text(['clusterCIDR']) ?? '10.244.0.0/16';
  const cidr = parseCidr(text);
  if (cidr?.family !== 'IPv4') reader.wrong(['clusterCIDR'], `${JSON.stringify(text)} is no block of IPv4 addresses`, 'a block such as 10.244.0.0/16');
  else if (nodes.some((node) => cidrHas(cidr, node.address)))
    reader.wrong(['clusterCIDR'], 'this block holds the address of a node', 'the block that pods get their addresses from');
  return cidr?.text ?? text;
}

/** The text about kube-proxy: every field may be left out. */
export function readSettings(reader: SettingsReader): Settings {
  reader.onlyFields([], ['mode', 'node', 'clusterCIDR', 'nodes', 'stopped', 'moreServices', 'endpointsEach']);
  const mode = reader.choice(['mode'], modes) ?? 'iptables';
  const nodes = readNodes(reader);
  const names = nodes.map(({ name }) => name);
  const node = reader.choice(['node'], names) ?? names[0] ?? '';
  const stopped = (reader.texts(['stopped'], nodesMax) ?? []).filter((name, index) => {
    if (names.includes(name)) return true;
    reader.wrong(['stopped', index], `there is no node ${JSON.stringify(name)}`, `one of ${names.join(', ')}`);
    return false;
  });
  const crowd = {
    services: wholeNumber(reader, 'moreServices', crowdMax.services, 0),
    endpoints: wholeNumber(reader, 'endpointsEach', crowdMax.endpoints, 10),
  };
  return { mode, node, clusterCidr: readClusterCidr(reader, nodes), nodes, stopped: [...new Set(stopped)], crowd };
}
