import { describe, expect, test } from 'vitest';
import type { QueryType } from '../resolver/types.ts';
import { clusterDns } from './cluster-dns.ts';
import type { ClusterDnsAnswer, ClusterDnsQuery } from './cluster-dns.ts';
import { exampleCluster } from './example-cluster.ts';
import { kubeadmSettings } from './settings.ts';
import type { ClusterDnsSettings } from './settings.ts';

const settings: ClusterDnsSettings = {
  ...kubeadmSettings,
  upstream: {
    'www.example.com': { records: [{ type: 'CNAME', data: 'edge.example.com.' }] },
    'edge.example.com.': { records: [{ type: 'A', data: '93.184.216.34', ttlSeconds: 300 }] },
    'slow.example.com': { rcode: 'timeout' },
    'sick.example.com': { rcode: 'SERVFAIL' },
    '*.wild.example.com': { records: [{ type: 'A', data: '192.0.2.1', ttlSeconds: 1 }] },
  },
};

function ask(qname: string, qtype: QueryType = 'A', changes: Partial<ClusterDnsSettings> = {}, more: Partial<ClusterDnsQuery> = {}): ClusterDnsAnswer {
  return clusterDns(exampleCluster, { ...settings, ...changes }).answer({ qname, qtype, transport: 'udp', ...more });
}

const said = ({ answer }: ClusterDnsAnswer): readonly [string, ...string[]] => [answer.rcode, ...answer.records.map(({ type, data }) => `${type} ${data}`)];

const zone = 'svc.cluster.local';
type Row = [sentence: string, name: string, type: QueryType, expected: readonly string[], because: RegExp, changes?: Partial<ClusterDnsSettings>];

const rows: readonly Row[] = [
  ['a ClusterIP Service is its ClusterIP', `web.default.${zone}`, 'A', ['NOERROR', 'A 10.96.0.20'], /ClusterIP/u],
  ['the other family of a single-stack Service is NODATA', `web.default.${zone}`, 'AAAA', ['NOERROR'], /no IPv6 address/u],
  ['a dual-stack Service has both', `dual.default.${zone}`, 'AAAA', ['NOERROR', 'AAAA fd00:10:96::21'], /ClusterIP/u],
  ['a Service without endpoints answers all the same', `dual.default.${zone}`, 'A', ['NOERROR', 'A 10.96.0.21'], /whether or not/u],
  ['… unless ignore empty_service is set', `dual.default.${zone}`, 'A', ['NXDOMAIN'], /ignore empty_service/u, { ignoreEmptyService: true }],
  ['a headless Service is its ready endpoints', `db.default.${zone}`, 'A', ['NOERROR', 'A 10.244.1.10', 'A 10.244.1.11'], /headless/u],
  [
    'a headless Service without a ready endpoint does not exist',
    `empty.default.${zone}`,
    'A',
    ['NXDOMAIN'],
    /Service empty is headless and no endpoint is ready: of its 1 endpoint/u,
  ],
  ['a headless Service without ports still has addresses', `portless.default.${zone}`, 'A', ['NOERROR', 'A 10.244.1.5', 'A 10.244.2.5'], /headless/u],
  ['… but no SRV record', `portless.default.${zone}`, 'SRV', ['NOERROR'], /no ports/u],
  ['a StatefulSet pod is found by its name', `db-0.db.default.${zone}`, 'A', ['NOERROR', 'A 10.244.1.10'], /db-0 is a ready endpoint/u],
  [
    'an endpoint without hostname by its dashed address, below ClusterIP Services too',
    `10-244-1-5.web.default.${zone}`,
    'A',
    ['NOERROR', 'A 10.244.1.5'],
    /ready endpoint/u,
  ],
  [
    'an endpoint that is not ready does not exist',
    `10-244-2-6.web.default.${zone}`,
    'A',
    ['NXDOMAIN'],
    /no ready endpoint of Service web is called 10-244-2-6; they are called 10-244-1-5, 10-244-2-5/u,
  ],
  ['the pod name only with endpoint_pod_names', `web-1.web.default.${zone}`, 'A', ['NXDOMAIN'], /is called web-1/u],
  ['… and with it', `web-1.web.default.${zone}`, 'A', ['NOERROR', 'A 10.244.1.5'], /ready endpoint/u, { usePodNames: true }],
  ['endpoints of hand-written slices', `legacy.shop.${zone}`, 'A', ['NOERROR', 'A 192.168.7.7'], /headless/u],
  ['SRV of a named port of a ClusterIP Service', `_http._tcp.web.default.${zone}`, 'SRV', ['NOERROR', `SRV 0 100 80 web.default.${zone}.`], /ClusterIP/u],
  [
    'SRV without port labels gives all ports',
    `web.default.${zone}`,
    'SRV',
    ['NOERROR', `SRV 0 50 80 web.default.${zone}.`, `SRV 0 50 9090 web.default.${zone}.`],
    /ClusterIP/u,
  ],
  [
    'SRV of a headless Service points to each endpoint',
    `_sql._tcp.db.default.${zone}`,
    'SRV',
    ['NOERROR', `SRV 0 50 5432 db-0.db.default.${zone}.`, `SRV 0 50 5432 db-1.db.default.${zone}.`],
    /headless/u,
  ],
  ['an A query for a port name answers too', `_http._tcp.web.default.${zone}`, 'A', ['NOERROR', 'A 10.96.0.20'], /ClusterIP/u],
  [
    'a port that the Service lacks',
    `_ftp._tcp.web.default.${zone}`,
    'SRV',
    ['NXDOMAIN'],
    /no port of Service web is called ftp with protocol tcp \(its ports: http, metrics\)/u,
  ],
  [
    'an ExternalName leads out',
    `outside.default.${zone}`,
    'A',
    ['NOERROR', 'CNAME www.example.com.', 'CNAME edge.example.com.', 'A 93.184.216.34'],
    /ExternalName/u,
  ],
  ['an ExternalName whose target does not exist is a CNAME alone', `broken.default.${zone}`, 'A', ['NOERROR', 'CNAME nowhere.example.com.'], /does not exist/u],
  ['an ExternalName into the zone', `alias.default.${zone}`, 'A', ['NOERROR', `CNAME web.default.${zone}.`, 'A 10.96.0.20'], /lies in the cluster zone/u],
  ['an ExternalName to nothing in the zone is NODATA', `dangling.default.${zone}`, 'A', ['NOERROR'], /no A record: there is no Service gone/u],
  ['an ExternalName to itself is NODATA', `loop.default.${zone}`, 'A', ['NOERROR'], /leads back/u],
  ['an ExternalName has no endpoints', `x.outside.default.${zone}`, 'A', ['NXDOMAIN'], /has no endpoints/u],
  ['an ExternalName has no SRV', `outside.default.${zone}`, 'SRV', ['NOERROR'], /no SRV/u],
  ['a CNAME query gets the CNAME alone', `outside.default.${zone}`, 'CNAME', ['NOERROR', 'CNAME www.example.com.'], /ExternalName/u],
  ['a CNAME query for a ClusterIP is NODATA', `web.default.${zone}`, 'CNAME', ['NOERROR'], /no CNAME/u],
  ['a pod name with pods insecure', '1-2-3-4.default.pod.cluster.local', 'A', ['NOERROR', 'A 1.2.3.4'], /nobody checks/u],
  ['a pod name of IPv6', '2001-db8--1.default.pod.cluster.local', 'AAAA', ['NOERROR', 'AAAA 2001:db8::1'], /pods insecure/u],
  ['a pod name that is no address', 'web-1.default.pod.cluster.local', 'A', ['NXDOMAIN'], /no address with dashes/u],
  ['a pod name in a missing namespace', '1-2-3-4.nope.pod.cluster.local', 'A', ['NXDOMAIN'], /no namespace nope/u],
  ['pods disabled', '10-244-1-5.default.pod.cluster.local', 'A', ['NXDOMAIN'], /pods disabled/u, { pods: 'disabled' }],
  ['pods verified: a pod', '10-244-1-5.default.pod.cluster.local', 'A', ['NOERROR', 'A 10.244.1.5'], /pod web-1/u, { pods: 'verified' }],
  ['pods verified: no pod', '10-244-1-5.shop.pod.cluster.local', 'A', ['NXDOMAIN'], /no pod in namespace shop/u, { pods: 'verified' }],
  ['a namespace alone is NODATA', `default.${zone}`, 'A', ['NOERROR'], /namespace default exists/u],
  ['a missing namespace alone', `nope.${zone}`, 'A', ['NXDOMAIN'], /no namespace nope/u],
  ['svc alone is NODATA', zone, 'A', ['NOERROR'], /level of the cluster zone/u],
  ['pod alone is NODATA', 'pod.cluster.local', 'A', ['NOERROR'], /level of the cluster zone/u],
  ['the zone is NODATA', 'cluster.local', 'A', ['NOERROR'], /level of the cluster zone/u],
  ['five labels are too long', `a.b.c.web.default.${zone}`, 'A', ['NXDOMAIN'], /too long/u],
  [
    'four labels are read as port and protocol',
    `api.github.com.default.${zone}`,
    'A',
    ['NXDOMAIN'],
    /no Service com in namespace default \(CoreDNS reads the four labels as port api, protocol github, Service com, namespace default\)/u,
  ],
  ['an outside name under svc', `example.com.${zone}`, 'A', ['NXDOMAIN'], /no namespace com \(CoreDNS reads "example" as a Service/u],
  ['an outside name under the zone', 'example.com.cluster.local', 'A', ['NXDOMAIN'], /"com" stands where only "svc" or "pod" can/u],
  ['a missing Service', `nope.default.${zone}`, 'A', ['NXDOMAIN'], /no Service nope in namespace default/u],
  ['a namespace that the Corefile leaves out', `web.default.${zone}`, 'A', ['NXDOMAIN'], /does not serve/u, { namespaces: ['shop'] }],
  ['the version', 'dns-version.cluster.local', 'TXT', ['NOERROR', 'TXT 1.1.0'], /version/u],
  ['TXT of any other name is NODATA, even of a missing one', `nope.default.${zone}`, 'TXT', ['NOERROR'], /even if the name does not exist/u],
  ['PTR of a ClusterIP', '20.0.96.10.in-addr.arpa', 'PTR', ['NOERROR', `PTR web.default.${zone}.`], /ClusterIP of Service web/u],
  [
    'PTR of an endpoint, one for each Service',
    '5.1.244.10.in-addr.arpa',
    'PTR',
    ['NOERROR', `PTR 10-244-1-5.web.default.${zone}.`, `PTR 10-244-1-5.portless.default.${zone}.`],
    /2 Services/u,
  ],
  ['PTR of a StatefulSet pod', '10.1.244.10.in-addr.arpa', 'PTR', ['NOERROR', `PTR db-0.db.default.${zone}.`], /1 Service/u],
  ['PTR of a pod in no Service goes upstream', '9.9.244.10.in-addr.arpa', 'PTR', ['NXDOMAIN'], /not in the cluster zone/u],
  ['… and without fallthrough ends here', '9.9.244.10.in-addr.arpa', 'PTR', ['NXDOMAIN'], /no ready endpoint/u, { fallthrough: [] }],
  ['PTR of IPv6', '1.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa', 'PTR', ['NOERROR', `PTR dual.default.${zone}.`], /ClusterIP/u],
  ['SOA of the zone', 'cluster.local', 'SOA', ['NOERROR', 'SOA ns.dns.cluster.local. hostmaster.cluster.local. 1 7200 1800 86400 30'], /authority/u],
  ['NS is the Service of CoreDNS', 'cluster.local', 'NS', ['NOERROR', `NS kube-dns.kube-system.${zone}.`], /name server/u],
  ['NS without such a Service', 'cluster.local', 'NS', ['NOERROR', 'NS ns.dns.cluster.local.'], /name server/u, { ownAddresses: ['10.9.9.9'] }],
  ['the address of ns.dns', 'ns.dns.cluster.local', 'A', ['NOERROR', 'A 10.96.0.10'], /name server/u],
  ['case does not matter', 'WEB.Default.SVC.Cluster.LOCAL', 'A', ['NOERROR', 'A 10.96.0.20'], /ClusterIP/u],
  ['before the cache is filled a missing name is SERVFAIL', `nope.default.${zone}`, 'A', ['SERVFAIL'], /not yet read/u, { isSynced: false }],
  ['an outside name goes to the resolvers', 'www.example.com', 'A', ['NOERROR', 'CNAME edge.example.com.', 'A 93.184.216.34'], /resolvers/u],
  ['an outside name without the type', 'edge.example.com', 'AAAA', ['NOERROR'], /no AAAA/u],
  ['an outside name with names below it', 'example.com', 'A', ['NOERROR'], /no A/u],
  ['a wildcard outside', 'a.b.wild.example.com', 'A', ['NOERROR', 'A 192.0.2.1'], /resolvers/u],
  ['an outside name that is missing', 'nope.example.org', 'A', ['NXDOMAIN'], /does not exist/u],
  ['a sick resolver', 'sick.example.com', 'A', ['SERVFAIL'], /could not find out/u],
  ['a silent resolver', 'slow.example.com', 'A', ['SERVFAIL'], /do not answer/u],
  ['another cluster domain', 'web.default.svc.k8s.test', 'A', ['NOERROR', 'A 10.96.0.20'], /ClusterIP/u, { zone: 'k8s.test' }],
];

describe('what CoreDNS answers', () => {
  test.each(rows)('%s', (_, name, type, expected, because, changes) => {
    const result = ask(name, type, changes);
    expect(said(result)).toEqual(expected);
    expect(result.because).toMatch(because);
  });
});

describe('sections and flags', () => {
  test('a cluster answer is authoritative, without recursion, and repeats the name as asked', () => {
    const { answer } = ask('WEB.default.svc.cluster.local');
    expect(answer).toMatchObject({ authoritative: true, recursionAvailable: false, truncated: false });
    expect(answer.records[0]).toEqual({ name: 'WEB.default.svc.cluster.local.', type: 'A', ttlSeconds: 30, data: '10.96.0.20' });
  });
  test('a forwarded answer is not authoritative, and the cache caps its TTL between 5 s and 30 s', () => {
    expect(ask('www.example.com').answer).toMatchObject({ authoritative: false, recursionAvailable: true });
    expect(ask('www.example.com').answer.records.map(({ ttlSeconds }) => ttlSeconds)).toEqual([30, 30]);
    expect(ask('x.wild.example.com').answer.records[0]?.ttlSeconds).toBe(5);
    expect(ask('x.wild.example.com', 'A', { cacheSeconds: 0 }).answer.records[0]?.ttlSeconds).toBe(1);
  });
  test('negative answers carry the SOA', () => {
    for (const name of [`nope.default.${zone}`, `default.${zone}`])
      expect(ask(name).authority[0]).toMatchObject({ name: 'cluster.local.', type: 'SOA', ttlSeconds: 30 });
  });
  test('SRV answers bring the addresses along', () => {
    expect(ask(`_sql._tcp.db.default.${zone}`, 'SRV').additional.map(({ name, data }) => `${name} ${data}`)).toEqual([
      `db-0.db.default.${zone}. 10.244.1.10`,
      `db-1.db.default.${zone}. 10.244.1.11`,
    ]);
  });
  test('the plugin default TTL is possible', () => {
    expect(ask(`web.default.${zone}`, 'A', { ttlSeconds: 5 }).answer.records[0]?.ttlSeconds).toBe(5);
  });
  test('a silent resolver makes CoreDNS wait', () => {
    expect(ask('slow.example.com').waitMs).toBe(6000);
    expect(ask(`web.default.${zone}`).waitMs).toBe(0);
  });
  test('names that no message can hold are refused', () => {
    for (const name of ['a..b', `${'x'.repeat(64)}.com`, `${'x.'.repeat(140)}com`]) expect(ask(name).answer.rcode).toBe('FORMERR');
  });
});

describe('order', () => {
  test('the seed decides the order of addresses, the same seed always the same', () => {
    const order = (seed: number): string => said(ask(`portless.default.${zone}`, 'A', { shuffleSeed: seed })).join();
    expect(order(1)).toBe(order(1));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => order(seed))).size).toBe(2);
  });
});

describe('autopath', () => {
  const on = { autopath: true, pods: 'verified' } as const;
  const client = { clientAddress: '10.244.1.5' };
  test('walks the search list for the client', () => {
    const result = ask(`www.example.com.default.${zone}`, 'A', on, client);
    expect(said(result)).toEqual(['NOERROR', 'CNAME www.example.com.', 'CNAME edge.example.com.', 'A 93.184.216.34']);
    expect(result.rule).toBe('autopath');
    expect(result.answer.records[0]?.name).toBe(`www.example.com.default.${zone}.`);
  });
  test('a name found at once has no extra CNAME', () => {
    expect(said(ask(`web.default.${zone}`, 'A', on, client))).toEqual(['NOERROR', 'A 10.96.0.20']);
  });
  test('if everything fails, the first NXDOMAIN comes back', () => {
    const result = ask(`nope.default.${zone}`, 'A', on, client);
    expect(result.answer.rcode).toBe('NXDOMAIN');
    expect(result.because).toMatch(/autopath tried the rest/u);
  });
  test.each([
    ['pods insecure', { ...on, pods: 'insecure' as const }, client],
    ['an unknown client', on, { clientAddress: '10.9.9.9' }],
    ['switched off', { ...on, autopath: false }, client],
  ])('does nothing with %s', (_, changes, more) => {
    expect(ask(`www.example.com.default.${zone}`, 'A', changes, more).answer.rcode).toBe('NXDOMAIN');
  });
  test('does nothing for another search domain first', () => {
    expect(ask(`www.example.com.${zone}`, 'A', on, client).answer.rcode).toBe('NXDOMAIN');
  });
  test("tries CoreDNS' own search domains", () => {
    const changes = { ...on, hostSearches: ['example.com'] };
    expect(said(ask(`www.default.${zone}`, 'A', changes, client))[1]).toBe('CNAME www.example.com.');
  });
});
