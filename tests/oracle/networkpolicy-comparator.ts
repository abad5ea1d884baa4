import type { NetworkPolicy } from '../../labs/engine/network/policy/network-policy.ts';
import { policyVerdict, type PolicyCluster, type PolicyConnection } from '../../labs/engine/network/policy/policy-verdict.ts';
import type { Comparator } from './comparator.ts';

interface RecordedPod {
  /** Empty: it is no pod, but a machine outside. */
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  readonly labels: Readonly<Record<string, string>> | null;
}

interface RecordedTraffic {
  readonly port: number;
  readonly portName: string;
  readonly protocol: PolicyConnection['protocol'];
  /** From, to, whether it may. */
  readonly allowed: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

interface RecordedPolicies {
  readonly id: string;
  readonly policies: readonly NetworkPolicy[];
  readonly traffic: readonly RecordedTraffic[];
}

/** `networkpolicy.json`: pods, and for each scenario who may reach whom. */
export interface PolicyRecording {
  readonly namespaces: PolicyCluster['namespaces'];
  readonly pods: readonly RecordedPod[];
  readonly scenarios: readonly RecordedPolicies[];
}

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isRecording = (content: unknown): content is PolicyRecording =>
  isObjectLike(content) &&
  isObjectLike(content.namespaces) &&
  Array.isArray(content.pods) &&
  Array.isArray(content.scenarios) &&
  content.scenarios.every((scenario) => isObjectLike(scenario) && Array.isArray(scenario.policies) && Array.isArray(scenario.traffic));

/** A field that is null counts as absent, as in the API server. */
function withoutNulls(policies: readonly NetworkPolicy[]): readonly NetworkPolicy[] {
  return JSON.parse(JSON.stringify(policies), (_key, value: unknown) => value ?? undefined) as readonly NetworkPolicy[];
}

const keyOf = ({ namespace, name }: RecordedPod): string => `${namespace}/${name}`;
const endOf = (pod: RecordedPod): string => (pod.namespace === '' ? pod.ip : keyOf(pod));

function allowedTraffic({ pods, namespaces }: PolicyRecording, policies: readonly NetworkPolicy[], traffic: RecordedTraffic): RecordedTraffic['allowed'] {
  const cluster: PolicyCluster = {
    namespaces,
    pods: pods.filter(({ namespace }) => namespace !== '').map((pod) => ({ ...pod, labels: pod.labels ?? {}, address: pod.ip, node: `node of ${keyOf(pod)}` })),
  };
  const { port, protocol, portName } = traffic;
  const may = (from: RecordedPod, to: RecordedPod): boolean =>
    policyVerdict({ source: endOf(from), destination: endOf(to), port, protocol, portName }, policies, cluster).allowed;
  return Object.fromEntries(pods.map((from) => [keyOf(from), Object.fromEntries(pods.filter((to) => to !== from).map((to) => [keyOf(to), may(from, to)]))]));
}

/** `networkpolicy.json`: every pair of pods and every port. */
export const networkPolicyComparator: Comparator = {
  shape: 'network-policy',
  recognises: isRecording,
  compare: (content) => {
    if (!isRecording(content)) return [];
    return content.scenarios.map((scenario) => {
      const policies = withoutNulls(scenario.policies);
      const traffic = scenario.traffic.map((each) => ({ allowed: allowedTraffic(content, policies, each) }));
      return { id: scenario.id, subject: 'network policies', expected: scenario, got: { traffic } };
    });
  },
};
