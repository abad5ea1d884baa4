import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EndpointSlice, Pod, Service } from '../../api/types.ts';
import { allEndpointSlices } from '../endpoint-slices.ts';
import { addressOfReverseName } from './address.ts';
import { clusterDns } from './cluster-dns.ts';
import { exampleCluster } from './example-cluster.ts';
import { records } from './records.ts';
import { kubeadmSettings } from './settings.ts';
import type { ClusterView } from './view.ts';

const name = fc.constantFrom('a', 'b', 'web', 'db', 'svc', 'pod', 'x-1');
const namespace = fc.constantFrom('default', 'shop', 'svc');
const labels = fc.constantFrom({ app: 'a' }, { app: 'b' });

const service: fc.Arbitrary<Service> = fc.record({
  metadata: fc.record({ name, namespace }),
  spec: fc.oneof(
    fc.record({
      selector: labels,
      clusterIP: fc.constantFrom('', 'None'),
      ipFamilyPolicy: fc.constantFrom('SingleStack', 'PreferDualStack'),
      publishNotReadyAddresses: fc.boolean(),
      ports: fc.array(fc.record({ name: fc.constantFrom('http', 'sql'), port: fc.integer({ min: 1, max: 65_535 }), targetPort: fc.constantFrom(80, 'http') }), {
        maxLength: 2,
      }),
    }),
    fc.record({
      type: fc.constant('ExternalName' as const),
      externalName: fc.constantFrom('example.com', 'web.default.svc.cluster.local', 'a.shop.svc.cluster.local'),
    }),
  ),
});

const pod: fc.Arbitrary<Pod> = fc
  .record({
    name,
    namespace,
    labels,
    last: fc.integer({ min: 1, max: 250 }),
    isReady: fc.boolean(),
    isGoing: fc.boolean(),
    hostname: fc.option(name),
    subdomain: name,
  })
  .map(({ last, isReady, isGoing, hostname, subdomain, ...metadata }) => ({
    metadata: { ...metadata, ...(isGoing ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}) },
    spec: { ...(hostname === null ? {} : { hostname }), subdomain, containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8080 }] }] },
    status: { phase: 'Running', podIP: `10.244.0.${String(last)}`, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  }));

const slice: fc.Arbitrary<EndpointSlice> = fc.record({
  metadata: fc.record({ name, namespace, labels: name.map((owner) => ({ 'kubernetes.io/service-name': owner })) }),
  addressType: fc.constant('IPv4' as const),
  endpoints: fc.array(fc.record({ addresses: fc.constantFrom(['192.0.2.1'], ['192.0.2.2']) }), { maxLength: 2 }),
});

const view: fc.Arbitrary<ClusterView> = fc
  .record({
    services: fc.uniqueArray(service, { maxLength: 6, selector: ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` }),
    pods: fc.array(pod, { maxLength: 6 }),
    slices: fc.array(slice, { maxLength: 2 }),
  })
  .map(({ services, pods, slices }) => ({
    namespaces: ['default', 'shop', 'svc'].map((each) => ({ metadata: { name: each } })),
    services,
    pods,
    endpointSlices: allEndpointSlices(services, pods, slices),
  }));

describe('the list of records', () => {
  test('names the object and the rule of each', () => {
    const listed = records(exampleCluster, kubeadmSettings);
    expect(listed.find((record) => record.name === 'db-0.db.default.svc.cluster.local.')).toMatchObject({
      type: 'A',
      data: '10.244.1.10',
      rule: 'endpoint',
      from: { kind: 'EndpointSlice', name: 'db' },
    });
    expect(listed.filter(({ type }) => type === 'CNAME').map(({ from }) => from.name)).toEqual(['outside', 'broken', 'alias', 'dangling', 'loop']);
    expect(listed.filter(({ type }) => type === 'SRV')).toHaveLength(16);
  });
  test('holds pod records only where the Corefile serves them', () => {
    const pods = (mode: 'disabled' | 'insecure'): number =>
      records(exampleCluster, { ...kubeadmSettings, pods: mode }).filter(({ rule }) => rule === 'pod').length;
    expect([pods('disabled'), pods('insecure')]).toEqual([0, 7]);
  });
  test('every listed record is answered, and PTR and address records match', () => {
    fc.assert(
      fc.property(view, fc.constantFrom('insecure', 'verified'), (cluster, pods) => {
        const settings = { ...kubeadmSettings, pods };
        const server = clusterDns(cluster, { ...settings, shuffleSeed: 7 });
        const all = records(cluster, settings);
        for (const record of all) {
          const { answer } = server.answer({ qname: record.name, qtype: record.type, transport: 'tcp' });
          expect(answer.rcode).toBe('NOERROR');
          expect(answer.records).toContainEqual({ name: record.name, type: record.type, ttlSeconds: record.ttlSeconds, data: record.data });
          if (record.type !== 'PTR') continue;
          // A slice whose Service is gone or is an ExternalName still has PTR records in CoreDNS, and they lead nowhere.
          const [owner, namespace] = record.data.split('.').slice(-6, -4);
          const target = cluster.services.find(({ metadata }) => metadata.name === owner && metadata.namespace === namespace);
          if (target === undefined || target.spec.type === 'ExternalName') continue;
          const back = all.find(({ name: forward, data }) => forward === record.data && data === addressOfReverseName(record.name));
          expect(back, `${record.name} -> ${record.data}`).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });
  test('no name makes the server throw', () => {
    const label = fc.constantFrom(
      'web',
      'default',
      'svc',
      'pod',
      'cluster',
      'local',
      '_http',
      '_tcp',
      '10-244-1-5',
      '',
      'in-addr',
      'arpa',
      '5',
      'ip6',
      'com',
      'ü',
    );
    const type = fc.constantFrom('A', 'AAAA', 'PTR', 'SRV', 'CNAME', 'TXT', 'NS', 'SOA', 'ANY');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(label, { maxLength: 8 }).map((parts) => parts.join('.')),
          fc.string(),
        ),
        type,
        (qname, qtype) => {
          const { answer, because } = clusterDns(exampleCluster, kubeadmSettings).answer({ qname, qtype, transport: 'udp' });
          expect(because).not.toBe('');
          expect(answer.truncated || answer.sizeBytes <= 512).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
