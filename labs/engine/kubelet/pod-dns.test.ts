import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PodSpec } from '../api/types.ts';
import { podDns } from './pod-dns.ts';
import type { PodDns, PodDnsRequest } from './pod-dns.ts';

const node = 'nameserver 192.168.1.1\nnameserver 8.8.8.8\nsearch corp.example example.com\noptions timeout:1 rotate\n';

function dns(spec: PodSpec, changes: Partial<PodDnsRequest> = {}): PodDns {
  return podDns({
    pod: { spec, metadata: { name: 'p' } },
    namespace: 'shop',
    clusterDns: ['10.96.0.10'],
    clusterDomain: 'cluster.local',
    hostResolvConf: node,
    ...changes,
  });
}

const lists = ({ servers, searches, options }: PodDns): readonly string[] => [servers.join(' '), searches.join(' '), options.join(' ')];
const cluster = 'shop.svc.cluster.local svc.cluster.local cluster.local';
const all = `${cluster} corp.example example.com`;
const ofNode = ['192.168.1.1 8.8.8.8', 'corp.example example.com', 'timeout:1 rotate'];

describe('what the kubelet decides', () => {
  test.each<[string, PodSpec, readonly string[], Partial<PodDnsRequest>?]>([
    ['nothing said is ClusterFirst', {}, ['10.96.0.10', all, 'ndots:5']],
    ['ClusterFirst', { dnsPolicy: 'ClusterFirst' }, ['10.96.0.10', all, 'ndots:5']],
    ['ClusterFirst on the host network is Default', { dnsPolicy: 'ClusterFirst', hostNetwork: true }, ofNode],
    ['ClusterFirstWithHostNet is not', { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true }, ['10.96.0.10', all, 'ndots:5']],
    ['Default is the node', { dnsPolicy: 'Default' }, ofNode],
    ['None is dnsConfig alone', { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.2.3.4'] } }, ['1.2.3.4', '', '']],
    [
      'dnsConfig goes behind, duplicates are dropped',
      { dnsConfig: { nameservers: ['1.2.3.4', '10.96.0.10'], searches: ['svc.cluster.local', 'my.dns'] } },
      ['10.96.0.10 1.2.3.4', `${all} my.dns`, 'ndots:5'],
    ],
    ['options are merged by name', { dnsConfig: { options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }] } }, ['10.96.0.10', all, 'ndots:2 edns0']],
    ['no clusterDNS falls back to Default', {}, ofNode, { clusterDns: [] }],
    ['two cluster servers', {}, ['10.96.0.10 fd00::10', all, 'ndots:5'], { clusterDns: ['10.96.0.10', 'fd00::10'] }],
    ['no cluster domain leaves the node search list', {}, ['10.96.0.10', 'corp.example example.com', 'ndots:5'], { clusterDomain: '' }],
    ['Default and an empty --resolv-conf', { dnsPolicy: 'Default' }, ['127.0.0.1', '.', ''], { hostResolvConf: null }],
    ['… on an IPv6 node', { dnsPolicy: 'Default' }, ['::1', '.', ''], { hostResolvConf: null, nodeAddresses: ['fd00::1'] }],
    ['ClusterFirst and an empty --resolv-conf', {}, ['10.96.0.10', cluster, 'ndots:5'], { hostResolvConf: null }],
    ['a node that lists a cluster domain', {}, ['10.96.0.10', `${cluster} x.y`, 'ndots:5'], { hostResolvConf: 'search cluster.local x.y\n' }],
  ])('%s', (_, spec, expected, changes) => {
    expect(lists(dns(spec, changes))).toEqual(expected);
  });
  test('a missing clusterDNS is an event', () => {
    expect(dns({}, { clusterDns: [] }).events[0]).toMatch(/^Warning MissingClusterDNS pod: "p_shop\(\)"\. kubelet does not have ClusterDNS IP configured/u);
    expect(dns({ hostNetwork: true }, { clusterDns: [] }).events).toEqual([]);
  });
  test('a nameserver line without an address keeps the pod from starting', () => {
    expect(dns({ dnsPolicy: 'Default' }, { hostResolvConf: 'nameserver\n' }).error).toMatch(/nameserver list is empty/u);
  });
});

describe("the kubelet's reading of the node's file", () => {
  test.each([
    ['comments, domain and blank starts', '# c\n; d\n  nameserver 1.1.1.1 2.2.2.2\ndomain a.b\nfoo bar\n', ['1.1.1.1', '', '']],
    ['the last search line wins, options add up', 'search a.b\nsearch c.d. .\noptions ndots:2 rotate\noptions ndots:3\n', ['', 'c.d', 'ndots:3 rotate']],
    ['carriage returns are blanks', 'nameserver 1.1.1.1\r\nsearch a.b\r\n', ['1.1.1.1', 'a.b', '']],
    ['an empty search line empties the list', 'search a.b\nsearch\n', ['', '', '']],
  ])('%s', (_, hostResolvConf, expected) => {
    expect(lists(dns({ dnsPolicy: 'Default' }, { hostResolvConf }))).toEqual(expected);
  });
});

describe('limits', () => {
  test('three servers', () => {
    const result = dns({ dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3'] } });
    expect(result.servers).toEqual(['10.96.0.10', '1.1.1.1', '2.2.2.2']);
    expect(result.events).toEqual([
      'Warning DNSConfigForming Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.96.0.10 1.1.1.1 2.2.2.2',
    ]);
    expect(result.dropped.find(({ text }) => text === '3.3.3.3')).toMatchObject({ keyword: 'nameserver', by: 'pod' });
  });
  test('32 domains', () => {
    const searches = Array.from({ length: 40 }, (_, index) => `d${String(index)}.test`);
    const result = dns({ dnsConfig: { searches } });
    expect(result.searches).toHaveLength(32);
    expect(result.events[0]).toMatch(
      /^Warning DNSConfigForming Search Line limits were exceeded, some search paths have been omitted, the applied search line is: shop\.svc/u,
    );
  });
  test('2048 characters, cut from the end', () => {
    const searches = Array.from({ length: 10 }, (_, index) => `${'a'.repeat(240)}${String(index)}.test`);
    const result = dns({ dnsConfig: { searches } });
    expect(result.searches.join(' ').length).toBeLessThanOrEqual(2048);
    expect(result.searches).toHaveLength(12);
  });
  test('253 characters for one domain', () => {
    const result = dns({ dnsConfig: { searches: ['a'.repeat(254), 'b.test'] } });
    expect(result.searches.at(-1)).toBe('b.test');
    expect(result.events).toHaveLength(1);
  });
});

describe('the file', () => {
  test('is written as containerd writes it, each entry with its origin', () => {
    const { text, lines, dropped, effective } = dns({ dnsConfig: { options: [{ name: 'ndots', value: '2' }] } });
    expect(text).toBe(`search ${all}\nnameserver 10.96.0.10\noptions ndots:2\n`);
    expect(lines[0]?.entries.map(({ by }) => by)).toEqual(['kubelet', 'kubelet', 'kubelet', 'node', 'node']);
    expect(lines[0]?.entries[0]?.because).toMatch(/own namespace/u);
    expect(lines[2]?.entries[0]).toMatchObject({ text: 'ndots:2', by: 'pod' });
    expect(dropped.map(({ keyword, text: what }) => `${keyword} ${what}`)).toEqual([
      'nameserver 192.168.1.1',
      'nameserver 8.8.8.8',
      'options timeout:1',
      'options rotate',
      'options ndots:5',
    ]);
    expect(effective.because).toMatch(/ClusterFirst is the default/u);
  });
  test('empty parts give no lines', () => {
    expect(dns({ dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'] } }).text).toBe('nameserver 1.1.1.1\n');
  });
  test('whatever the node holds, every entry is in the file or accounted for', () => {
    const line = fc
      .tuple(
        fc.constantFrom('nameserver', 'search', 'options', 'domain', '#', ' search'),
        fc.array(fc.constantFrom('a.b', 'c.d', '1.1.1.1', 'ndots:3', '.', ''), { maxLength: 4 }),
      )
      .map(([keyword, words]) => [keyword, ...words].join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom<PodSpec>({}, { dnsPolicy: 'Default' }, { dnsPolicy: 'None' }), (file, spec) => {
        const result = dns(spec, { hostResolvConf: file.join('\n') });
        expect(result.lines.flatMap(({ entries }) => entries.map(({ text }) => text)).sort()).toEqual(
          [...result.searches, ...result.servers, ...result.options].sort(),
        );
        expect(result.servers.length <= 3 && result.searches.length <= 32).toBe(true);
      }),
    );
  });
});
