import { isObject, type Json, type JsonObject } from '../../patch/json.ts';
import { has, numberAt, objectAt, objectsAt, textAt, withChanged, withDefaults, withEach, withStruct } from '../read-fields.ts';
import { claimSpecDefaults } from './claim-spec-defaults.ts';

type Change = (value: JsonObject) => JsonObject;

const inOrder =
  (...changes: readonly Change[]): Change =>
  (value) =>
    changes.reduce((changed, change) => change(changed), value);
const changed =
  (field: string, change: Change): Change =>
  (value) =>
    withChanged(value, field, change);
const each =
  (field: string, change: Change): Change =>
  (value) =>
    withEach(value, field, change);
const struct =
  (field: string, change: Change): Change =>
  (value) =>
    withStruct(value, field, change);
const filled =
  (defaults: Readonly<Record<string, Json>>): Change =>
  (value) =>
    withDefaults(value, defaults);

/** `nginx` and `nginx:latest` are pulled each time, all else once; also what is no name of an image. Models pkg/util/parsers and the reference grammar of distribution. */
export function imagePullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const match =
    /^(?:[A-Za-z0-9][-A-Za-z0-9.]*(?::\d+)?\/|\[[0-9a-fA-F:]+\](?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::(\w[-.\w]{0,127}))?(@.+)?$/u.exec(
      image,
    );
  if (match === null) return 'IfNotPresent';
  const [, tag = match[2] === undefined ? 'latest' : ''] = match;
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

// The divisor is a structure of Go, which is written even where nobody wrote it.
const fieldReference = inOrder(changed('fieldRef', filled({ apiVersion: 'v1' })), changed('resourceFieldRef', filled({ divisor: '0' })));
const httpGet = changed('httpGet', filled({ path: '/', scheme: 'HTTP' }));
const probe = inOrder(
  httpGet,
  changed('grpc', filled({ service: '' })),
  filled({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
);
const configVolume = filled({ defaultMode: 420 });

const container: Change = inOrder(
  (value) =>
    withDefaults(value, {
      // A structure of Go, too.
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: imagePullPolicy(textAt(value, 'image')),
    }),
  each('ports', filled({ protocol: 'TCP' })),
  each('env', changed('valueFrom', fieldReference)),
  changed('livenessProbe', probe),
  changed('readinessProbe', probe),
  changed('startupProbe', probe),
  changed('lifecycle', inOrder(changed('postStart', httpGet), changed('preStop', httpGet))),
);

const downwardItems = each('items', fieldReference);
const volume: Change = inOrder(
  (value) => (Object.values(value).some(isObject) ? value : { ...value, emptyDir: {} }),
  changed('hostPath', filled({ type: '' })),
  changed('configMap', configVolume),
  changed('secret', configVolume),
  changed('downwardAPI', inOrder(configVolume, downwardItems)),
  changed(
    'projected',
    inOrder(configVolume, each('sources', inOrder(changed('serviceAccountToken', filled({ expirationSeconds: 3600 })), changed('downwardAPI', downwardItems)))),
  ),
  changed('ephemeral', changed('volumeClaimTemplate', inOrder(filled({ metadata: {} }), struct('spec', claimSpecDefaults)))),
);

const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
const affinityToPods = each(preferred, filled({ podAffinityTerm: {} }));
const affinity = inOrder(
  changed('nodeAffinity', each(preferred, filled({ preference: {} }))),
  changed('podAffinity', affinityToPods),
  changed('podAntiAffinity', affinityToPods),
);

/** The old and the new name of the service account are one. */
function serviceAccount(spec: JsonObject): JsonObject {
  const name = textAt(spec, 'serviceAccountName') === '' ? textAt(spec, 'serviceAccount') : textAt(spec, 'serviceAccountName');
  return name === '' || (spec.serviceAccountName === name && spec.serviceAccount === name) ? spec : { ...spec, serviceAccountName: name, serviceAccount: name };
}

const anySpec: Change = inOrder(
  filled({
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  }),
  serviceAccount,
  each('containers', container),
  each('initContainers', container),
  each('volumes', volume),
  changed('affinity', affinity),
);

/** A template's spec serves many pods: what it becomes is kept for as long as it lives. */
const known = new WeakMap<JsonObject, JsonObject>();

/** A pod's spec, in a pod or a template, with what was left out. Models pkg/apis/core/v1/defaults.go SetDefaults_PodSpec, _Container, _Volume and others. */
export function podSpecDefaults(spec: JsonObject): JsonObject {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const after = anySpec(spec);
  known.set(spec, after);
  return after;
}

/** A pod template with what was left out. */
export const podTemplateDefaults: Change = inOrder(filled({ metadata: {} }), struct('spec', podSpecDefaults));

const requestsFromLimits: Change = changed('resources', (resources) => {
  const limits = objectAt(resources, 'limits');
  const requests = objectAt(resources, 'requests');
  return Object.keys(limits).every((name) => has(requests, name)) ? resources : { ...resources, requests: { ...limits, ...requests } };
});

const hostPorts: Change = each('ports', (port) => {
  const [host, inside] = [numberAt(port, 'hostPort') ?? 0, numberAt(port, 'containerPort') ?? 0];
  return host === 0 && inside !== 0 ? { ...port, hostPort: inside } : port;
});

/** What is filled in for pods alone, not for templates: requests from limits, host ports with the node's network. Models SetDefaults_Pod. */
export function podDefaults(spec: JsonObject): JsonObject {
  const all = inOrder(each('containers', requestsFromLimits), each('initContainers', requestsFromLimits), filled({ enableServiceLinks: true }));
  const withHostPorts = inOrder(each('containers', hostPorts), each('initContainers', hostPorts));
  const full = all(podSpecDefaults(spec));
  return full.hostNetwork === true ? withHostPorts(full) : full;
}

/** All containers of a pod's spec but ephemeral ones, init containers first. */
export function containersOf(spec: JsonObject): readonly JsonObject[] {
  return [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')];
}
