import { iptablesRules } from '../../labs/engine/network/kube-proxy/iptables-rules.ts';
import { iptablesSave } from '../../labs/engine/network/kube-proxy/iptables-save.ts';
import { nftablesRules } from '../../labs/engine/network/kube-proxy/nftables-rules.ts';
import { nftRuleset } from '../../labs/engine/network/kube-proxy/nftables-ruleset.ts';
import type { ProxyInput } from '../../labs/engine/network/kube-proxy/proxy-input.ts';
import type { Comparator } from './comparator.ts';
import { servicesOf, slicesOf, tablesOfRuleset, tablesOfSave, type RecordedRules } from './kube-proxy-recording.ts';

interface Recording {
  readonly meta?: { readonly note?: string };
  readonly scenarios: readonly RecordedRules[];
}

/** The recorder's cluster, where the recording does not say otherwise. */
const serviceCidrDefault = '10.96.0.0/12';
const zoneLabel = 'topology.kubernetes.io/zone';

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isRecording = (content: unknown): content is Recording =>
  isObjectLike(content) &&
  Array.isArray(content.scenarios) &&
  content.scenarios.every((scenario) => isObjectLike(scenario) && 'iptablesSave' in scenario && 'nftRuleset' in scenario && Array.isArray(scenario.objects));

/** `kube-proxy.json`: all rules of both modes. */
export const kubeProxyComparator: Comparator = {
  shape: 'kube-proxy',
  recognises: isRecording,
  compare: (content) => {
    if (!isRecording(content)) return [];
    const [serviceCidr = serviceCidrDefault] = /service CIDR (\S+?)[;,\s]/.exec(content.meta?.note ?? '')?.slice(1) ?? [];
    return content.scenarios.map((scenario) => ({
      id: scenario.id,
      subject: 'kube-proxy',
      expected: { ...scenario, iptablesSave: tablesOfSave(scenario.iptablesSave), nftRuleset: tablesOfRuleset(scenario.nftRuleset) },
      got: writtenRules(proxyInputOf(scenario, { serviceCidr, zone: zoneOf(scenario.node, content.scenarios) })),
    }));
  },
};

function proxyInputOf(scenario: RecordedRules, { serviceCidr, zone }: { readonly serviceCidr: string; readonly zone: string | undefined }): ProxyInput {
  const [zoneHere = zone] = [zoneOf(scenario.node, [scenario])];
  return {
    node: { name: scenario.node, addresses: [scenario.nodeIP], ...(zoneHere !== undefined && { zone: zoneHere }) },
    clusterCidrs: [scenario.clusterCIDR],
    serviceCidrs: [serviceCidr],
    services: servicesOf(scenario),
    endpointSlices: slicesOf(scenario),
  };
}

/** Nodes are seldom recorded: an endpoint or pod on the node has its zone. */
function zoneOf(node: string, scenarios: readonly RecordedRules[]): string | undefined {
  const objects = scenarios.flatMap((scenario) => scenario.objects);
  const labels = objects
    .filter(({ kind, metadata, ...rest }) => (kind === 'Node' && metadata.name === node) || (kind === 'Pod' && isOn(rest, node)))
    .map(({ metadata }) => metadata.labels?.[zoneLabel]);
  const zones = scenarios
    .flatMap((scenario) => slicesOf(scenario))
    .flatMap(({ endpoints }) => (endpoints ?? []).filter(({ nodeName }) => nodeName === node).map(({ zone }) => zone));
  return [...labels, ...zones].find((zone) => zone !== undefined);
}

const isOn = (pod: object, node: string): boolean => 'spec' in pod && isObjectLike(pod.spec) && pod.spec.nodeName === node;

/** A cluster that cannot be read disagrees; the others are compared all the same. */
function writtenRules(input: ProxyInput): unknown {
  try {
    const tables = [nftablesRules(input), nftablesRules({ ...input, family: 'IPv6' })];
    return { iptablesSave: tablesOfSave(iptablesSave(iptablesRules(input))), nftRuleset: tablesOfRuleset(nftRuleset(tables)) };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}
