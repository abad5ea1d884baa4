import { describe, expect, test } from 'vitest';
import type { NetworkPolicy, NetworkPolicySpec } from './network-policy.ts';
import { policyVerdict, type PolicyConnection } from './policy-verdict.ts';
import { exampleCluster } from './testing.ts';

const policyOf = (spec: NetworkPolicySpec, name = 'p', namespace = 'x'): NetworkPolicy => ({ metadata: { name, namespace }, spec });
const ask = (policies: readonly NetworkPolicy[], source: string, destination: string, rest: Partial<PolicyConnection> = {}) =>
  policyVerdict({ source, destination, protocol: 'TCP', port: 80, ...rest }, policies, exampleCluster);
const web = { podSelector: { matchLabels: { app: 'web' } } };
const outside = '198.51.100.9';

describe('reasons', () => {
  test('without policies nobody is isolated', () => {
    const free = { allowed: true, isolated: false, isolatedBy: [] };
    expect(ask([], 'x/web', 'x/db')).toEqual({ allowed: true, egress: free, ingress: free });
  });
  test('the first rule that fits is named, with all policies that isolate', () => {
    const policies = [policyOf({}, 'deny'), policyOf({ ingress: [{ ports: [{ port: 9 }] }, { from: [web] }] }, 'allow')];
    expect(ask(policies, 'x/web', 'x/db').ingress).toEqual({
      allowed: true,
      isolated: true,
      isolatedBy: ['x/deny', 'x/allow'],
      by: { policy: 'x/allow', rule: 1 },
    });
    expect(ask(policies, 'y/db', 'x/db').ingress).toEqual({ allowed: false, isolated: true, isolatedBy: ['x/deny', 'x/allow'] });
  });
  test('both ends must allow', () => {
    const [closed, open] = [policyOf({ policyTypes: ['Egress'] }, 'e', 'y'), policyOf({ ingress: [{}] })];
    expect(ask([closed, open], 'y/db', 'x/db')).toMatchObject({ allowed: false, egress: { allowed: false }, ingress: { allowed: true } });
  });
  test('a pod cannot be cut off from itself, nor from its own node; another node can', () => {
    const policies = [policyOf({ policyTypes: ['Ingress', 'Egress'] })];
    expect(ask(policies, 'x/db', '10.1.1.12')).toMatchObject({ allowed: true, egress: { exception: 'itself' }, ingress: { exception: 'itself' } });
    expect(ask(policies, '192.0.2.1', 'x/db')).toMatchObject({ allowed: true, ingress: { exception: 'own node', isolated: true } });
    expect(ask(policies, '192.0.2.2', 'x/db').allowed).toBe(false);
    expect(ask(policies, 'x/db', '192.0.2.1').allowed).toBe(false);
  });
});

test.each<[string, NetworkPolicySpec, boolean, boolean]>([
  ['no policyTypes and no egress: only what comes in', {}, true, false],
  ['no policyTypes but an egress rule: both', { egress: [{ ports: [{ port: 1 }] }] }, true, true],
  ['an empty list of egress rules is none', { egress: [] }, true, false],
  ['an empty list of types counts as absent', { policyTypes: [] }, true, false],
  ['types that are named are the only ones', { policyTypes: ['Egress'], ingress: [{}] }, false, true],
  ['null lists are empty', { ingress: null, egress: null }, true, false],
])('%s', (_, spec, ingress, egress) => {
  expect([ask([policyOf(spec)], outside, 'x/db').ingress.isolated, ask([policyOf(spec)], 'x/db', outside).egress.isolated]).toEqual([ingress, egress]);
});

test.each<[string, string, NonNullable<NetworkPolicySpec['ingress']>[number], boolean]>([
  ['no from, no ports', outside, {}, true],
  ['empty from and ports', outside, { from: [], ports: [] }, true],
  ['pods of the policy’s namespace', 'x/web', { from: [web] }, true],
  ['the same labels elsewhere', 'y/web', { from: [web] }, false],
  ['a namespace', 'y/db', { from: [{ namespaceSelector: { matchLabels: { team: 'red' } } }] }, true],
  ['a namespace and pods in it', 'y/db', { from: [{ namespaceSelector: { matchLabels: { team: 'red' } }, ...web }] }, false],
  ['all namespaces', 'y/db', { from: [{ namespaceSelector: {} }] }, true],
  ['all namespaces are no addresses', outside, { from: [{ namespaceSelector: {} }] }, false],
  ['the name of a namespace as label', 'y/db', { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }, true],
  ['a pod by its address', '10.1.2.14', { from: [{ namespaceSelector: {}, ...web }] }, true],
  ['a peer that says nothing', 'x/web', { from: [{}] }, false],
  ['a block', outside, { from: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }, true],
  ['a block with an exception', outside, { from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['198.51.100.0/28'] } }] }, false],
  ['outside the exception', '198.51.100.77', { from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['198.51.100.0/28'] } }] }, true],
  ['a block has pods too', 'y/db', { from: [{ ipBlock: { cidr: '10.1.0.0/16' } }] }, true],
  ['the whole of IPv6 has no IPv4', outside, { from: [{ ipBlock: { cidr: '::/0' } }] }, false],
  ['a pod with hostNetwork has no labels', 'x/agent', { from: [web] }, false],
  ['but its node’s address', 'x/agent', { from: [{ ipBlock: { cidr: '192.0.2.2/32' } }] }, true],
])('from %s: %s', (_, source, rule, allowed) => {
  expect(ask([policyOf({ ingress: [rule] })], source, 'x/db').allowed).toBe(allowed);
});

test.each<[string, NonNullable<NonNullable<NetworkPolicySpec['ingress']>[number]['ports']>[number], Partial<PolicyConnection>, boolean]>([
  ['TCP if not said', { port: 80 }, {}, true],
  ['not UDP then', { port: 80 }, { protocol: 'UDP' }, false],
  ['a protocol alone: all its ports', { protocol: 'UDP' }, { protocol: 'UDP', port: 5 }, true],
  ['SCTP', { protocol: 'SCTP', port: 80 }, { protocol: 'SCTP' }, true],
  ['the last of a range', { port: 70, endPort: 80 }, {}, true],
  ['behind a range', { port: 70, endPort: 79 }, {}, false],
  ['before a range', { port: 81, endPort: 90 }, {}, false],
  ['an end below the port counts as none', { port: 80, endPort: 1 }, {}, true],
  ['a name of the destination', { port: 'web' }, {}, true],
  ['a name that is another port there', { port: 'admin' }, {}, false],
  ['a name of another protocol', { port: 'dns' }, { port: 53 }, false],
  ['a name that nobody has', { port: 'toString' }, {}, false],
  ['a name that the question gives', { port: 'http' }, { portName: 'http' }, true],
  ['the question’s name counts before the pod’s', { port: 'web' }, { portName: '' }, false],
])('port: %s', (_, port, rest, allowed) => {
  expect(ask([policyOf({ ingress: [{ ports: [port] }] })], outside, 'x/db', rest).allowed).toBe(allowed);
});

test('towards a pod a name is that pod’s, and addresses outside have none', () => {
  const policies = [policyOf({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'web' }] }] })];
  expect(ask(policies, 'x/db', 'x/web').allowed).toBe(true);
  expect(ask(policies, 'x/db', 'x/other').allowed).toBe(false);
  expect(ask(policies, 'x/db', 'x/other', { port: 8080 }).allowed).toBe(true);
  expect(ask(policies, 'x/db', outside).allowed).toBe(false);
});

test('policies without a namespace are in default, and an end that nobody is has no policies', () => {
  const policy: NetworkPolicy = { metadata: { name: 'p' }, spec: {} };
  const pod = { ...exampleCluster.pods[0]!, namespace: 'default' };
  expect(policyVerdict({ source: outside, destination: 'default/web', protocol: 'TCP', port: 80 }, [policy], { pods: [pod], namespaces: {} })).toMatchObject({
    allowed: false,
    ingress: { isolatedBy: ['default/p'] },
  });
  expect(ask([policyOf({})], outside, 'x/nobody').allowed).toBe(true);
});
