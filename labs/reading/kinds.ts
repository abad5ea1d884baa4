import type { Shape } from './shapes.ts';

/** A kind of object that a text may hold. */
export interface Kind {
  readonly kind: 'Namespace' | 'Pod' | 'Service' | 'EndpointSlice' | 'StatefulSet' | 'Deployment';
  readonly apiVersion: string;
  readonly isNamespaced: boolean;
  readonly shape: Shape;
}

function fields(name: string, any: string, known: Readonly<Record<string, Shape>>): Shape {
  return {
    name,
    fields: {
      ...Object.fromEntries(
        any
          .split(' ')
          .filter((field) => field !== '')
          .map((field) => [field, 'any']),
      ),
      ...known,
    },
  };
}

const texts: Shape = { map: 'text' };
const protocol: Shape = { oneOf: ['SCTP', 'TCP', 'UDP'] };
const family: Shape = { oneOf: ['IPv4', 'IPv6'] };

const metadata = fields(
  'ObjectMeta',
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName generation managedFields ownerReferences resourceVersion selfLink uid',
  {
    name: 'text',
    namespace: 'text',
    labels: texts,
    annotations: texts,
  },
);

const selector = fields('LabelSelector', 'matchExpressions', { matchLabels: texts });

const container = fields(
  'Container',
  'env envFrom lifecycle livenessProbe readinessProbe resizePolicy resources restartPolicyRules securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts',
  {
    name: 'text',
    image: 'text',
    imagePullPolicy: { oneOf: ['Always', 'IfNotPresent', 'Never'] },
    command: { list: 'text' },
    args: { list: 'text' },
    workingDir: 'text',
    restartPolicy: { oneOf: ['Always', 'Never', 'OnFailure'] },
    ports: { list: fields('ContainerPort', 'hostIP', { name: 'text', containerPort: 'integer', hostPort: 'integer', protocol }) },
  },
);

const podSpec = fields(
  'PodSpec',
  'affinity enableServiceLinks ephemeralContainers hostIPC hostPID hostUsers imagePullSecrets nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims resources runtimeClassName schedulerName schedulingGates schedulingGroup securityContext serviceAccount serviceAccountName shareProcessNamespace tolerations topologySpreadConstraints volumes workloadRef',
  {
    activeDeadlineSeconds: 'integer',
    automountServiceAccountToken: 'boolean',
    containers: { list: container },
    initContainers: { list: container },
    dnsConfig: fields('PodDNSConfig', '', {
      nameservers: { list: 'text' },
      searches: { list: 'text' },
      options: { list: fields('PodDNSConfigOption', '', { name: 'text', value: 'text' }) },
    }),
    dnsPolicy: { oneOf: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] },
    hostAliases: { list: fields('HostAlias', '', { ip: 'text', hostnames: { list: 'text' } }) },
    hostNetwork: 'boolean',
    hostname: 'text',
    hostnameOverride: 'text',
    nodeName: 'text',
    restartPolicy: { oneOf: ['Always', 'OnFailure', 'Never'] },
    setHostnameAsFQDN: 'boolean',
    subdomain: 'text',
    terminationGracePeriodSeconds: 'integer',
  },
);

const podStatus = fields(
  'PodStatus',
  'allocatedResources containerStatuses ephemeralContainerStatuses extendedResourceClaimStatus hostIP hostIPs initContainerStatuses message nominatedNodeName observedGeneration qosClass reason resize resourceClaimStatuses resources startTime',
  {
    phase: { oneOf: ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] },
    podIP: 'text',
    podIPs: { list: fields('PodIP', '', { ip: 'text' }) },
    conditions: {
      list: fields('PodCondition', 'lastProbeTime lastTransitionTime message observedGeneration reason', {
        type: 'text',
        status: { oneOf: ['True', 'False', 'Unknown'] },
      }),
    },
  },
);

const serviceSpec = fields(
  'ServiceSpec',
  'allocateLoadBalancerNodePorts externalTrafficPolicy healthCheckNodePort internalTrafficPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges sessionAffinity sessionAffinityConfig trafficDistribution',
  {
    type: { oneOf: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] },
    clusterIP: 'text',
    clusterIPs: { list: 'text' },
    externalIPs: { list: 'text' },
    externalName: 'text',
    ipFamilies: { list: family },
    ipFamilyPolicy: { oneOf: ['PreferDualStack', 'RequireDualStack', 'SingleStack'] },
    publishNotReadyAddresses: 'boolean',
    selector: texts,
    ports: {
      list: fields('ServicePort', '', { name: 'text', protocol, appProtocol: 'text', port: 'integer', targetPort: 'integer or text', nodePort: 'integer' }),
    },
  },
);

const endpoint = fields('Endpoint', 'deprecatedTopology hints zone', {
  addresses: { list: 'text' },
  conditions: fields('EndpointConditions', '', { ready: 'boolean', serving: 'boolean', terminating: 'boolean' }),
  hostname: 'text',
  nodeName: 'text',
  targetRef: fields('ObjectReference', 'apiVersion fieldPath resourceVersion uid', { kind: 'text', name: 'text', namespace: 'text' }),
});

const podTemplate = fields('PodTemplateSpec', '', { metadata, spec: podSpec });

function root(kind: string, rest: Readonly<Record<string, Shape>>, any = ''): Shape {
  return fields(kind, any, { apiVersion: 'text', kind: 'text', metadata, ...rest });
}

const namespaceKind: Kind = {
  kind: 'Namespace',
  apiVersion: 'v1',
  isNamespaced: false,
  shape: root('Namespace', { spec: fields('NamespaceSpec', 'finalizers', {}) }, 'status'),
};
const podKind: Kind = { kind: 'Pod', apiVersion: 'v1', isNamespaced: true, shape: root('Pod', { spec: podSpec, status: podStatus }) };
const serviceKind: Kind = { kind: 'Service', apiVersion: 'v1', isNamespaced: true, shape: root('Service', { spec: serviceSpec }, 'status') };
const endpointSliceKind: Kind = {
  kind: 'EndpointSlice',
  apiVersion: 'discovery.k8s.io/v1',
  isNamespaced: true,
  shape: root('EndpointSlice', {
    addressType: { oneOf: ['FQDN', 'IPv4', 'IPv6'] },
    endpoints: { list: endpoint },
    ports: { list: fields('EndpointPort', '', { name: 'text', protocol, port: 'integer', appProtocol: 'text' }) },
  }),
};
const statefulSetKind: Kind = {
  kind: 'StatefulSet',
  apiVersion: 'apps/v1',
  isNamespaced: true,
  shape: root(
    'StatefulSet',
    {
      spec: fields(
        'StatefulSetSpec',
        'minReadySeconds persistentVolumeClaimRetentionPolicy podManagementPolicy revisionHistoryLimit updateStrategy volumeClaimTemplates',
        {
          replicas: 'integer',
          serviceName: 'text',
          ordinals: fields('StatefulSetOrdinals', '', { start: 'integer' }),
          selector,
          template: podTemplate,
        },
      ),
    },
    'status',
  ),
};
const deploymentKind: Kind = {
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  isNamespaced: true,
  shape: root(
    'Deployment',
    {
      spec: fields('DeploymentSpec', 'minReadySeconds progressDeadlineSeconds revisionHistoryLimit strategy', {
        replicas: 'integer',
        paused: 'boolean',
        selector,
        template: podTemplate,
      }),
    },
    'status',
  ),
};

/** The kinds that the DNS labs read. */
export const dnsKinds: readonly Kind[] = [namespaceKind, podKind, serviceKind, endpointSliceKind, statefulSetKind, deploymentKind];
