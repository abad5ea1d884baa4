import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dnsKinds } from './kinds.ts';
import { readObjects } from './objects.ts';

const pod = (spec: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ${spec}\n`;
const service = (spec: string, name = 's'): string => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
const messages = (text: string): readonly string[] => readObjects(text, dnsKinds).errors.map(({ message }) => message);

describe('objects', () => {
  test('are read with kind, name, namespace and places', () => {
    const { objects, errors } = readObjects(`${service('{ports: [{port: 80}]}')}---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n`, dnsKinds);
    expect(errors).toEqual([]);
    expect(objects.map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([
      ['Service', 's', 'default'],
      ['Namespace', 'shop', ''],
    ]);
    expect(objects[0]?.positionOf(['spec', 'ports', 0, 'port'])).toEqual({ line: 4, column: 23, columnEnd: 25 });
  });
  test('a List is its items', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n- {apiVersion: v1, kind: Namespace, metadata: {nam: b}}\n';
    expect(readObjects(text, dnsKinds).errors[0]).toMatchObject({ line: 5, message: 'unknown field "metadata.nam"', hint: 'Did you mean name?' });
  });
  test('a full manifest of each kind is accepted', () => {
    const template =
      '{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx, resources: {limits: {cpu: 1}}}], volumes: [{name: v, emptyDir: {}}]}}';
    const text = [
      pod(
        '{hostname: a, subdomain: b, dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10], searches: [a.b., ., _x.y], options: [{name: ndots, value: "2"}]}, containers: [{name: c, image: nginx, ports: [{name: http, containerPort: 80}]}]}',
      ),
      service('{clusterIP: None, selector: {a: b}}'),
      service('{type: ExternalName, externalName: www.example.com.}', 'e'),
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: x, labels: {kubernetes.io/service-name: s}}\naddressType: IPv4\nendpoints: [{addresses: [10.0.0.1], conditions: {ready: true}, hostname: a}]\nports: [{name: "", port: 80, protocol: TCP}]\n',
      `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: d}\nspec: {replicas: 2, serviceName: s, ordinals: {start: 1}, selector: {matchLabels: {a: b}}, template: ${template}}\n`,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 2, selector: {matchLabels: {a: b}}, template: ${template}, strategy: {type: Recreate}}\n`,
    ].join('---\n');
    expect(messages(text)).toEqual([]);
    expect(readObjects(text, dnsKinds).objects).toHaveLength(6);
  });
});

const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

describe('what is refused', () => {
  test.each([
    ['an unknown field', pod('{containerz: []}'), 'unknown field "spec.containerz"'],
    ['an unknown field in a list', pod('{containers: [{name: c, imagee: x}]}'), 'unknown field "spec.containers[0].imagee"'],
    ['a text for a number', service('{ports: [{port: "80"}]}'), 'spec.ports[0].port is a text ("80")'],
    ['a boolean for a text', 'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {x: y}}\n', 'metadata.labels.x is a boolean (true)'],
    ['an object for a list', pod('{containers: {name: c}}'), 'spec.containers is an object'],
    [
      'a wrong choice',
      pod('{dnsPolicy: Clusterfirst}'),
      'spec.dnsPolicy: Unsupported value: "Clusterfirst": supported values: "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"',
    ],
    [
      'a wrong type of Service',
      service('{type: Node, ports: [{port: 80}]}'),
      'spec.type: Unsupported value: "Node": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
    ['a kind that is not read', 'apiVersion: v1\nkind: Podd\nmetadata: {name: p}\n', 'Podd is no kind that this lab reads'],
    ['a wrong version', 'apiVersion: v1\nkind: Deployment\nmetadata: {name: p}\n', 'no matches for kind "Deployment" in version "v1"'],
    ['no kind', 'a: b', 'this object does not say its kind'],
    ['no object', '- a', 'this is no Kubernetes object'],
    ['no name', 'apiVersion: v1\nkind: Namespace\nmetadata: {}\n', 'metadata.name: Required value: name or generateName is required'],
    ['a bad name', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: Shop}\n', `metadata.name: Invalid value: "Shop": ${label}`],
    ['two objects of one name', `${service('{ports: [{port: 80}]}')}---\n${service('{ports: [{port: 81}]}')}`, 'there is a Service "s" above already'],
    ['None without dnsConfig', pod('{dnsPolicy: None}'), 'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    [
      'None without servers',
      pod('{dnsPolicy: None, dnsConfig: {searches: [a]}}'),
      'spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None',
    ],
    [
      'four servers',
      pod('{dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]}}'),
      'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","1.1.1.2","1.1.1.3","1.1.1.4"]: must not have more than 3 nameservers',
    ],
    [
      'a server by name',
      pod('{dnsConfig: {nameservers: [dns.google]}}'),
      'spec.dnsConfig.nameservers[0]: Invalid value: "dns.google": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    ['an option without name', pod('{dnsConfig: {options: [{value: "2"}]}}'), 'spec.dnsConfig.options[0]: Required value: must not be empty'],
    ['a hostname with dots', pod('{hostname: a.b}'), 'spec.hostname: Invalid value: "a.b": must not contain dots'],
    [
      'a host alias without address',
      pod('{hostAliases: [{ip: a, hostnames: [b]}]}'),
      'spec.hostAliases[0].ip: Invalid value: "a": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    ['no ports', service('{selector: {a: b}}'), 'spec.ports: Required value'],
    ['ports without names', service('{ports: [{port: 80}, {name: b, port: 81}]}'), 'spec.ports[0].name: Required value'],
    ['ports of one name', service('{ports: [{name: b, port: 80}, {name: b, port: 81}]}'), 'spec.ports[1].name: Duplicate value: "b"'],
    ['a port out of range', service('{ports: [{port: 70000}]}'), 'spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    [
      'a node port of a ClusterIP Service',
      service('{ports: [{port: 80, nodePort: 30111}]}'),
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
    ['no externalName', service('{type: ExternalName}'), 'spec.externalName: Required value'],
    [
      'an ExternalName with address',
      service('{type: ExternalName, externalName: a.b, clusterIP: 10.96.0.9}'),
      'spec.clusterIP: Forbidden: may not be set for ExternalName services',
    ],
    [
      'a headless LoadBalancer',
      service('{type: LoadBalancer, clusterIP: None, ports: [{port: 80}]}'),
      `spec.clusterIP: Invalid value: "None": may not be set to 'None' for LoadBalancer services`,
    ],
    [
      'a wrong clusterIP',
      service('{clusterIP: 10.96.0.300, ports: [{port: 80}]}'),
      'spec.clusterIP: Invalid value: "10.96.0.300": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      'a slice of the other family',
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: x}\naddressType: IPv6\nendpoints: [{addresses: [10.0.0.1]}]\n',
      'endpoints[0].addresses[0]: Invalid value: "10.0.0.1": must be an IPv6 address',
    ],
    [
      'a template without the labels',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}}}\n',
      'spec.template.metadata.labels: Invalid value: {"a":"c"}: `selector` does not match template `labels`',
    ],
  ])('%s', (_, text, message) => {
    expect(messages(text)).toEqual([message]);
  });
  test('names the place, the cure and what kubectl prints', () => {
    expect(readObjects(pod('{dnsPolicy: ClusterFist}'), dnsKinds).errors[0]).toMatchObject({
      line: 4,
      column: 19,
      columnEnd: 30,
      hint: 'Did you mean ClusterFirst?',
    });
    expect(readObjects(service('{}'), dnsKinds).errors[0]?.kubectl).toBe('The Service "s" is invalid: spec.ports: Required value');
    expect(readObjects(pod('{x: 1}'), dnsKinds).errors[0]?.kubectl).toBe(
      'Error from server (BadRequest): Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.x"',
    );
  });
  test('any text and any object is read without throwing', () => {
    const leaf = fc.oneof(
      fc.constantFrom('Pod', 'Service', 'v1', 'apps/v1', 'StatefulSet', 'None', '10.0.0.1', 'x', ''),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc.constantFrom(
      'kind',
      'apiVersion',
      'metadata',
      'name',
      'spec',
      'ports',
      'dnsConfig',
      'nameservers',
      'type',
      'externalName',
      'items',
      'selector',
      '__proto__',
      'constructor',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(key, tie('tree'), { maxKeys: 5 })),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom('Pod', 'Service', 'EndpointSlice', 'StatefulSet', 'List'), (rest, kind) => {
        const apiVersion = { EndpointSlice: 'discovery.k8s.io/v1', StatefulSet: 'apps/v1' }[kind as string] ?? 'v1';
        const text = JSON.stringify({ apiVersion, kind, metadata: { name: 'x' }, spec: rest, items: [rest] });
        const { objects, errors } = readObjects(text, dnsKinds);
        expect(objects.length === 0 || errors.length === 0).toBe(true);
        expect(errors.length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string(), (text) => readObjects(text, dnsKinds).errors.length <= 50));
  });
});
