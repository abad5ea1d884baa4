import type { EndpointSlice, Pod, Service } from '../../api/types.ts';
import { allEndpointSlices } from '../endpoint-slices.ts';
import { statefulSetPods } from '../stateful-set-pods.ts';
import type { ClusterView } from './view.ts';

function pod(name: string, namespace: string, address: string, isReady: boolean): Pod {
  return {
    metadata: { name, namespace, labels: { app: name.split('-')[0] ?? name } },
    spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 8080 }] }] },
    status: { phase: 'Running', podIP: address, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
}

const services: readonly Service[] = [
  { metadata: { name: 'kubernetes', namespace: 'default' }, spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] } },
  {
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: { clusterIP: '10.96.0.10', selector: { app: 'coredns' }, ports: [{ name: 'dns', protocol: 'UDP', port: 53 }] },
  },
  {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      clusterIP: '10.96.0.20',
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'metrics', port: 9090 },
      ],
    },
  },
  {
    metadata: { name: 'dual', namespace: 'default' },
    spec: { clusterIP: '10.96.0.21', clusterIPs: ['10.96.0.21', 'fd00:10:96::21'], ports: [{ name: 'http', port: 80 }] },
  },
  { metadata: { name: 'db', namespace: 'default' }, spec: { clusterIP: 'None', selector: { app: 'db' }, ports: [{ name: 'sql', port: 5432 }] } },
  { metadata: { name: 'empty', namespace: 'default' }, spec: { clusterIP: 'None', selector: { app: 'sleepy' }, ports: [{ port: 80 }] } },
  { metadata: { name: 'portless', namespace: 'default' }, spec: { clusterIP: 'None', selector: { app: 'web' } } },
  { metadata: { name: 'outside', namespace: 'default' }, spec: { type: 'ExternalName', externalName: 'www.example.com' } },
  { metadata: { name: 'broken', namespace: 'default' }, spec: { type: 'ExternalName', externalName: 'nowhere.example.com' } },
  { metadata: { name: 'alias', namespace: 'default' }, spec: { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' } },
  { metadata: { name: 'dangling', namespace: 'default' }, spec: { type: 'ExternalName', externalName: 'gone.default.svc.cluster.local' } },
  { metadata: { name: 'loop', namespace: 'default' }, spec: { type: 'ExternalName', externalName: 'loop.default.svc.cluster.local' } },
  { metadata: { name: 'legacy', namespace: 'shop' }, spec: { clusterIP: 'None', ports: [{ name: 'sql', port: 3306 }] } },
];

const pods: readonly Pod[] = [
  pod('web-1', 'default', '10.244.1.5', true),
  pod('web-2', 'default', '10.244.2.5', true),
  pod('web-3', 'default', '10.244.2.6', false),
  pod('sleepy-1', 'default', '10.244.2.7', false),
  pod('coredns-1', 'kube-system', '10.244.0.2', true),
  ...statefulSetPods(
    { metadata: { name: 'db', namespace: 'default' }, spec: { replicas: 2, serviceName: 'db', template: { metadata: { labels: { app: 'db' } }, spec: {} } } },
    (_, ordinal) => ({ address: `10.244.1.${String(10 + ordinal)}`, isReady: true }),
  ),
];

const handWritten: readonly EndpointSlice[] = [
  {
    metadata: { name: 'legacy-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'legacy' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.168.7.7'] }],
    ports: [{ name: 'sql', port: 3306 }],
  },
];

/** A small cluster with one Service of each kind, for tests. */
export const exampleCluster: ClusterView = {
  namespaces: ['default', 'kube-system', 'shop'].map((name) => ({ metadata: { name } })),
  services,
  endpointSlices: allEndpointSlices(services, pods, handWritten),
  pods,
};
