import type { UpstreamName } from '../engine/network/cluster-dns/settings.ts';
import { address as addressRule, dnsSubdomain } from '../reading/name-rules.ts';
import type { SettingsReader } from '../reading/settings-reader.ts';
import type { Corefile } from './input.ts';

/** What kubeadm writes, in front of an internet with one name. */
export const kubeadmCorefile: Corefile = {
  clusterDomain: 'cluster.local',
  pods: 'insecure',
  ttlSeconds: 30,
  endpointPodNames: false,
  ignoreEmptyService: false,
  internet: { 'www.example.com.': { records: [{ type: 'A', data: '203.0.113.80' }] } },
};

const recordTypes = ['A', 'AAAA', 'CNAME', 'TXT'] as const;
const namesMax = 100;
const recordsMax = 100;
/** The kubernetes plugin takes no longer time to live. */
const ttlSecondsMax = 3600;

function checkAddress(reader: SettingsReader, path: readonly (string | number)[], type: 'A' | 'AAAA', data: string): void {
  if (addressRule(data).length > 0 || data.includes(':') !== (type === 'AAAA'))
    reader.wrong(
      path,
      `${JSON.stringify(data)} cannot stand in an ${type} record`,
      type === 'A' ? 'an address such as 203.0.113.6' : 'an address such as 2001:db8::1',
    );
}

function readName(reader: SettingsReader, name: string): UpstreamName {
  const path = ['internet', name];
  if (!reader.isObject(path)) return { rcode: reader.choice(path, ['NXDOMAIN', 'SERVFAIL', 'REFUSED', 'timeout'] as const) ?? 'NXDOMAIN' };
  reader.onlyFields(path, recordTypes);
  const records = recordTypes.flatMap((type) => {
    const values = reader.textOrTexts([...path, type], recordsMax);
    return values.map((data, index) => {
      if (type === 'A' || type === 'AAAA') checkAddress(reader, values.length > 1 ? [...path, type, index] : [...path, type], type, data);
      return { type, data: type === 'CNAME' && !data.endsWith('.') ? `${data}.` : data };
    });
  });
  return { records };
}

function readInternet(reader: SettingsReader): Corefile['internet'] | undefined {
  const names = reader.keys(['internet']);
  if (names.length > namesMax) reader.wrong(['internet'], `${names.length} names are too many`, `at most ${namesMax}`);
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    names.slice(0, namesMax).map((name) => [name.endsWith('.') ? name.toLowerCase() : `${name.toLowerCase()}.`, readName(reader, name)]),
  );
}

function readTtl(reader: SettingsReader): number {
  const text = reader.text(['ttl']);
  if (text === undefined) return kubeadmCorefile.ttlSeconds;
  const isWhole = /^\d{1,4}$/u.test(text) && Number(text) <= ttlSecondsMax;
  if (!isWhole) reader.wrong(['ttl'], `${JSON.stringify(text)} is no time to live`, `a whole number of seconds from 0 to ${ttlSecondsMax}`);
  return isWhole ? Number(text) : kubeadmCorefile.ttlSeconds;
}

/** The Corefile part: every field may be left out. */
export function readCorefile(reader: SettingsReader): Corefile {
  reader.onlyFields([], ['clusterDomain', 'pods', 'ttl', 'endpointPodNames', 'ignoreEmptyService', 'internet']);
  const clusterDomain = (reader.text(['clusterDomain']) ?? kubeadmCorefile.clusterDomain).replace(/\.$/u, '');
  for (const sentence of dnsSubdomain(clusterDomain)) reader.wrong(['clusterDomain'], sentence, 'a domain such as cluster.local');
  return {
    clusterDomain,
    pods: reader.choice(['pods'], ['disabled', 'insecure', 'verified'] as const) ?? kubeadmCorefile.pods,
    ttlSeconds: readTtl(reader),
    endpointPodNames: reader.truth(['endpointPodNames']) ?? false,
    ignoreEmptyService: reader.truth(['ignoreEmptyService']) ?? false,
    internet: readInternet(reader) ?? kubeadmCorefile.internet,
  };
}
