import { legacyAddress as addressRule } from '../reading/name-rules.ts';
import type { SettingsReader } from '../reading/settings-reader.ts';
import type { ClusterDnsSettings, UpstreamName } from '../engine/network/cluster-dns/settings.ts';
import { behaviours, type Behaviour, type Network } from './input.ts';

/** What holds where the network text says nothing: one cluster DNS, a node with one resolver, and three names outside. */
export const usualNetwork: Network = {
  nodeResolvConf: 'nameserver 192.0.2.53\n',
  clusterDns: ['10.96.0.10'],
  clusterDomain: 'cluster.local',
  podRecords: 'insecure',
  autopath: false,
  servers: {},
  upstream: {
    'example.com.': { records: [{ type: 'A', data: '203.0.113.80' }] },
    'www.example.com.': { records: [{ type: 'CNAME', data: 'example.com.' }] },
    'api.github.com.': { records: [{ type: 'A', data: '203.0.113.6' }] },
  },
};

const recordTypes = ['A', 'AAAA', 'CNAME', 'TXT'] as const;
const failures = ['NXDOMAIN', 'SERVFAIL', 'REFUSED', 'timeout'] as const;
const namesMax = 100;
const serversMax = 8;
const recordsMax = 100;

function checkAddress(reader: SettingsReader, path: readonly (string | number)[], address: string, family?: 'IPv4' | 'IPv6'): void {
  const isSix = address.includes(':');
  if (addressRule(address).length > 0 || (family !== undefined && isSix !== (family === 'IPv6'))) {
    reader.wrong(
      path,
      `${JSON.stringify(address)} is not an ${family ?? 'IP'} address`,
      family === 'IPv6' ? 'an IPv6 address such as 2001:db8::1' : 'an address such as 203.0.113.6',
    );
  }
}

function readName(reader: SettingsReader, name: string): UpstreamName {
  const path = ['internet', name];
  if (!reader.isObject(path)) return { rcode: reader.choice(path, failures) ?? 'NXDOMAIN' };
  reader.onlyFields(path, recordTypes);
  const records = recordTypes.flatMap((type) => {
    const fieldPath = [...path, type];
    const values = reader.textOrTexts(fieldPath, recordsMax);
    return values.map((data, index) => {
      if (type === 'A' || type === 'AAAA') checkAddress(reader, values.length > 1 ? [...fieldPath, index] : fieldPath, data, type === 'A' ? 'IPv4' : 'IPv6');
      return { type, data: type === 'CNAME' && !data.endsWith('.') ? `${data}.` : data };
    });
  });
  return { records };
}

function readInternet(reader: SettingsReader): ClusterDnsSettings['upstream'] | undefined {
  const names = reader.keys(['internet']);
  if (names.length === 0) return undefined;
  if (names.length > namesMax) reader.wrong(['internet'], `${names.length} names are too many`, `at most ${namesMax}`);
  return Object.fromEntries(
    names.slice(0, namesMax).map((name) => [name.endsWith('.') ? name.toLowerCase() : `${name.toLowerCase()}.`, readName(reader, name)]),
  );
}

function readServers(reader: SettingsReader): Readonly<Record<string, Behaviour>> {
  const addresses = reader.keys(['servers']);
  if (addresses.length > serversMax) reader.wrong(['servers'], `${addresses.length} servers are too many`, `at most ${serversMax}`);
  return Object.fromEntries(
    addresses.slice(0, serversMax).map((address) => {
      checkAddress(reader, ['servers', address], address);
      return [address, reader.choice(['servers', address], Object.keys(behaviours) as readonly Behaviour[]) ?? 'answers'];
    }),
  );
}

/** The network part: every field may be left out. */
export function readNetwork(reader: SettingsReader): Network {
  reader.onlyFields([], ['nodeResolvConf', 'clusterDNS', 'clusterDomain', 'podRecords', 'autopath', 'servers', 'internet']);
  const clusterDns = reader.texts(['clusterDNS'], 3) ?? usualNetwork.clusterDns;
  clusterDns.forEach((address, index) => {
    checkAddress(reader, ['clusterDNS', index], address);
  });
  const autopath = reader.truth(['autopath']) ?? false;
  const podRecords = reader.choice(['podRecords'], ['disabled', 'insecure', 'verified']) ?? usualNetwork.podRecords;
  if (autopath && podRecords !== 'verified') {
    reader.wrong(
      ['autopath'],
      'autopath needs to know which pod asks',
      'podRecords: verified beside it',
      'CoreDNS takes the pod’s namespace from its address, and keeps addresses only with "pods verified".',
    );
  }
  return {
    nodeResolvConf: reader.text(['nodeResolvConf']) ?? usualNetwork.nodeResolvConf,
    clusterDns,
    clusterDomain: (reader.text(['clusterDomain']) ?? usualNetwork.clusterDomain).replace(/^\.+|\.+$/gu, ''),
    podRecords,
    autopath,
    servers: readServers(reader),
    upstream: readInternet(reader) ?? usualNetwork.upstream,
  };
}
