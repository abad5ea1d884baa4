import { describe, expect, test } from 'vitest';
import type { PodSpec } from '../api/types.ts';
import { hostsFile, podHostname } from './hosts-file.ts';

const local =
  '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n';
const write = (spec: PodSpec, podIps: readonly string[] = ['10.244.1.5']): string =>
  hostsFile({ metadata: { name: 'web-0' }, spec }, { namespace: 'shop', clusterDomain: 'cluster.local', podIps, nodeHosts: '127.0.0.1 localhost node\n' });

describe("the pod's hosts file", () => {
  test.each([
    ['a plain pod', {}, `${local}10.244.1.5\tweb-0\n`],
    ['a hostname', { hostname: 'db' }, `${local}10.244.1.5\tdb\n`],
    ['a subdomain', { subdomain: 'web' }, `${local}10.244.1.5\tweb-0.web.shop.svc.cluster.local\tweb-0\n`],
    ['an override', { subdomain: 'web', hostnameOverride: 'my.host' }, `${local}10.244.1.5\tmy.host\n`],
    [
      'host aliases',
      { hostAliases: [{ ip: '1.2.3.4', hostnames: ['a', 'b'] }] },
      `${local}10.244.1.5\tweb-0\n\n# Entries added by HostAliases.\n1.2.3.4\ta\tb\n`,
    ],
    ['the host network', { hostNetwork: true }, '# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost node\n'],
  ])('%s', (_, spec, expected) => {
    expect(write(spec)).toBe(expected);
  });
  test('a line for each address', () => {
    expect(write({}, ['10.244.1.5', 'fd00::5'])).toBe(`${local}10.244.1.5\tweb-0\nfd00::5\tweb-0\n`);
  });
  test('long names are cut to 63 characters and do not end in a hyphen', () => {
    expect(podHostname({ metadata: { name: `${'a'.repeat(61)}-.bcd` }, spec: {} }, 'shop', 'cluster.local').hostname).toBe('a'.repeat(61));
  });
});
