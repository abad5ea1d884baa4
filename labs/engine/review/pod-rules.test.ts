import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../patch/json.ts';
import { create, empty, messageOf, pod } from './testing.ts';

const container = (rest: JsonObject): JsonObject => ({ containers: [{ name: 'web', image: 'nginx', ...rest }] });
const mounts = (volumes: readonly Json[], rest: JsonObject): JsonObject => ({ volumes, ...container(rest) });
const required = (terms: readonly Json[]): JsonObject => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const terms = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

test.each<[string, JsonObject, string]>([
  [
    'two ports of one name',
    container({
      ports: [
        { containerPort: 1, name: 'a' },
        { containerPort: 2, name: 'a' },
      ],
    }),
    'spec.containers[0].ports[1].name: Duplicate value: "a"',
  ],
  ['a port without a number', container({ ports: [{ name: 'a' }] }), 'spec.containers[0].ports[0].containerPort: Required value'],
  [
    'a protocol that there is not',
    container({ ports: [{ containerPort: 1, protocol: 'ICMP' }] }),
    'spec.containers[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
  ],
  [
    'one port of the node for two containers',
    { containers: ['a', 'b'].map((name) => ({ name, image: 'nginx', ports: [{ containerPort: 80, hostPort: 80 }] })) },
    'spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"',
  ],
  [
    'another port of the node than its own',
    { hostNetwork: true, ...container({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
    'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
  ],
  [
    'a variable with a value and a source',
    container({ env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
    'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
  ],
  [
    'a variable from a key of nothing',
    container({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c' } } }] }),
    'spec.containers[0].env[0].valueFrom.configMapKeyRef.key: Required value',
  ],
  [
    'a field that only volumes can show',
    container({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }] }),
    'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
  ],
  [
    'a probe that waits less than nothing',
    container({ readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: -1 } }),
    'spec.containers[0].readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
  ],
  ['an empty command', container({ livenessProbe: { exec: {} } }), 'spec.containers[0].livenessProbe.exec.command: Required value'],
  [
    'a hook that outlives the pod',
    { terminationGracePeriodSeconds: 5, ...container({ lifecycle: { preStop: { sleep: { seconds: 9 } } } }) },
    'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 9: must be non-negative and less than terminationGracePeriodSeconds (5)',
  ],
  [
    'a probe of an init container that ends',
    { ...container({}), initContainers: [{ name: 'init', image: 'nginx', livenessProbe: { tcpSocket: { port: 80 } } }] },
    'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
  ],
  [
    'an init container with a taken name',
    { ...container({}), initContainers: [{ name: 'web', image: 'nginx' }] },
    'spec.initContainers[0].name: Duplicate value: "web"',
  ],
  [
    'a device that is no claim',
    mounts([{ name: 'v', emptyDir: {} }], { volumeDevices: [{ name: 'v', devicePath: '/dev/x' }] }),
    'spec.containers[0].volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
  ],
  [
    'a path inside that leads out',
    mounts([{ name: 'v', emptyDir: {} }], { volumeMounts: [{ name: 'v', mountPath: '/x', subPath: '../y' }] }),
    `spec.containers[0].volumeMounts.subPath: Invalid value: "../y": must not contain '..'`,
  ],
  ['a claim without a name', mounts([{ name: 'v', persistentVolumeClaim: {} }], {}), 'spec.volumes[0].persistentVolumeClaim.claimName: Required value'],
  [
    'a secret with impossible bits',
    mounts([{ name: 'v', secret: { secretName: 's', defaultMode: 1000 } }], {}),
    'spec.volumes[0].secret.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive',
  ],
  [
    'a folder of the node that is none',
    mounts([{ name: 'v', hostPath: { path: '/x', type: 'Folder' } }], {}),
    'spec.volumes[0].hostPath.type: Unsupported value: "Folder": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
  ],
  [
    'an ephemeral claim that asks for nothing',
    mounts([{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }], {}),
    'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
  ],
  ['no term of a node affinity', required([]), `${terms}: Required value: must have at least one node selector term`],
  [
    'a number where one value is wanted',
    required([{ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1', '2'] }] }]),
    `${terms}[0].matchExpressions[0].values: Required value: must be specified single value when \`operator\` is 'Lt' or 'Gt'`,
  ],
  [
    'a field of nodes that cannot be selected',
    required([{ matchFields: [{ key: 'metadata.uid', operator: 'In', values: ['x'] }] }]),
    `${terms}[0].matchFields[0].key: Invalid value: "metadata.uid": not a valid field selector key`,
  ],
  [
    'a toleration for a time without NoExecute',
    { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }] },
    `spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
  ],
  [
    'domains that need not be kept',
    { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }] },
    'spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
  ],
  ['DNS of its own without a server', { dnsPolicy: 'None' }, 'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
  [
    'half a device',
    container({ resources: { limits: { 'example.com/gpu': '500m' } } }),
    'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
  ],
  [
    'a device without a limit',
    container({ resources: { requests: { 'example.com/gpu': '1' } } }),
    'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
  ],
])('a pod is refused: %s', (_title, spec, sentence) => {
  const { answer } = create(empty, pod({ automountServiceAccountToken: false, ...spec }));
  const lines = answer.ok ? [] : (answer.error.causes ?? []).map(({ field, message }) => `${field}: ${message}`);
  expect(lines.length > 0 ? lines[0] : messageOf(answer)).toBe(sentence);
});

test.each<[string, JsonObject, string]>([
  [
    'a text for a number',
    container({ ports: [{ containerPort: '80' }] }),
    'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
  ],
  ['a number for a text', { restartPolicy: 1 }, 'json: cannot unmarshal number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy'],
  ['a fraction', { priority: 1.5 }, 'json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.priority of type int32'],
  [
    'a number that is too large',
    { priority: 3_000_000_000 },
    'json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32',
  ],
  ['a map for a list', { volumes: {} }, 'json: cannot unmarshal object into Go struct field PodSpec.spec.volumes of type []v1.Volume'],
  ['a text in the place of an object', { affinity: 'near' }, 'json: cannot unmarshal string into Go struct field PodSpec.spec.affinity of type v1.Affinity'],
  ['a number among labels', { nodeSelector: { disk: 1 } }, 'json: cannot unmarshal number into Go struct field PodSpec.spec.nodeSelector of type string'],
  [
    'an amount that is none',
    container({ resources: { limits: { cpu: 'much' } } }),
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
])('a pod cannot be read: %s', (_title, spec, sentence) => {
  expect(messageOf(create(empty, pod(spec)).answer)).toBe(`Pod in version "v1" cannot be handled as a Pod: ${sentence}`);
});

test('amounts are stored in their short form, nothing finer than a thousandth; empty fields are left out', () => {
  const resources = { requests: { cpu: '1500m', memory: '1048576Ki', 'ephemeral-storage': 1024 }, limits: { cpu: '1.6000001' } };
  const { answer } = create(
    empty,
    pod({ ...container({ resources, command: [], stdin: false, workingDir: '' }), hostNetwork: false, nodeSelector: {}, nodeName: '' }),
  );
  const spec = answer.ok ? (answer.object.spec as JsonObject) : {};
  expect(spec).not.toHaveProperty('hostNetwork');
  expect(spec).not.toHaveProperty('nodeSelector');
  expect(spec).not.toHaveProperty('nodeName');
  const [web] = spec.containers as readonly JsonObject[];
  expect(web).toMatchObject({ resources: { requests: { cpu: '1500m', memory: '1Gi', 'ephemeral-storage': '1024' }, limits: { cpu: '1601m' } } });
  for (const field of ['command', 'stdin', 'workingDir']) expect(web).not.toHaveProperty(field);
});

test.each([
  ['nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['nginx:1.29', 'IfNotPresent'],
  ['registry.example.com:5000/shop/web', 'Always'],
  ['registry.example.com:5000/shop/web:v1', 'IfNotPresent'],
  ['nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 'IfNotPresent'],
  ['nginx:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 'Always'],
  ['Nginx', 'IfNotPresent'],
])('the image %s is pulled %s', (image, policy) => {
  const { answer } = create(empty, pod(container({ image })));
  expect(answer.ok && answer.object.spec).toMatchObject({ containers: [{ imagePullPolicy: policy }] });
});

test.each<[string, readonly JsonObject[]]>([
  ['BestEffort', [{}]],
  ['Burstable', [{ requests: { cpu: '1' } }]],
  ['Burstable', [{ limits: { cpu: '1', memory: '1Gi' } }, {}]],
  ['Burstable', [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } }]],
  ['Guaranteed', [{ limits: { cpu: '1', memory: '1Gi' } }]],
  ['Guaranteed', [{ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1000m', memory: '1024Mi' } }]],
])('a class of service is %s', (expected, resources) => {
  const { answer } = create(empty, pod({ containers: resources.map((each, index) => ({ name: `c${index}`, image: 'nginx', resources: each })) }));
  expect(answer.ok && answer.object.status).toMatchObject({ qosClass: expected });
});
