import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClusterNetwork, NetworkChange, NetworkSettings } from '../../labs/engine/network/cluster-network/cluster-network.ts';
import { builtNetwork } from '../../labs/engine/network/cluster-network/cluster-topology.ts';
import { nodeRules, proxyInput } from '../../labs/engine/network/cluster-network/node-rules.ts';
import { exampleNetwork, exampleNode, examplePod, withSettings } from '../../labs/engine/network/cluster-network/testing.ts';
import { iptablesRules } from '../../labs/engine/network/kube-proxy/iptables-rules.ts';
import { iptablesSave } from '../../labs/engine/network/kube-proxy/iptables-save.ts';
import { nftablesRules } from '../../labs/engine/network/kube-proxy/nftables-rules.ts';
import { followPacket } from '../../labs/engine/network/packet/follow-packet.ts';
import { parseIptablesSave } from '../../labs/engine/network/packet/parse-iptables-save.ts';
import { ruleTablesOf } from '../../labs/engine/network/packet/rule-tables.ts';
import type { RuleTables } from '../../labs/engine/network/packet/rules.ts';
import type { Device, NetworkNamespace, Topology } from '../../labs/engine/network/packet/topology.ts';
import { judge } from './compare-file.ts';
import { comparableFlow } from './packet-canonical.ts';
import { caseOf, type RecordedFlow } from './packet-case.ts';
import { packetComparator } from './packet-comparator.ts';
import { topologyOf, type NetworkChanges, type RecordedNetwork } from './packet-topology.ts';

type Recording = RecordedNetwork & { readonly flows: readonly RecordedFlow[] };
const text = readFileSync(path.join(import.meta.dirname, 'recorded', 'packet-paths.json'), 'utf8');
const recording = JSON.parse(text) as Recording;

/** How the recorder set the network up in each mode. */
const modes: Readonly<Record<string, Partial<NetworkSettings>>> = {
  'host-gw': {},
  vxlan: { podNetwork: 'vxlan' },
  'vxlan-pod1500': { podNetwork: 'vxlan', podMtuBytes: 1500 },
  'host-gw-nftables': { proxyMode: 'nftables' },
};

/** The network with what a flow’s title changes in it. */
function changedNetwork(network: ClusterNetwork, { mode, hasBridgeNetfilter, hasHairpin, routes }: NetworkChanges): ClusterNetwork {
  const changes: readonly NetworkChange[] = [
    ...(hasBridgeNetfilter ? [] : network.nodes.map(({ name: node }) => ({ kind: 'bridge netfilter off' as const, node }))),
    ...(hasHairpin ? [] : network.pods.map(({ namespace, name }) => ({ kind: 'hairpin off' as const, pod: `${namespace}/${name}` }))),
    ...routes.map(({ namespace: host, to, via = '' }) => ({ kind: 'route added' as const, host, to, via })),
  ];
  return { ...withSettings(modes[mode] ?? {}, network), changes };
}

/** Recordings name a pod without its namespace. */
const shortName = (name: string) => name.slice(name.lastIndexOf('/') + 1);

/** A topology in the recorder’s names, with the addresses that lists of rules hold already. */
function asRecorded({ namespaces }: Topology, remembered: NetworkChanges['remembered']): Topology {
  const device = (each: Device): Device => (each.kind === 'veth' ? { ...each, peer: { ...each.peer, namespace: shortName(each.peer.namespace) } } : each);
  const entries = Object.entries(namespaces).map(([name, namespace]): readonly [string, NetworkNamespace] => {
    const held = remembered[shortName(name)];
    return [shortName(name), { ...namespace, devices: namespace.devices.map(device), ...(held && { remembered: held }) }];
  });
  return { namespaces: Object.fromEntries(entries) };
}

/** All that differs between what was recorded and what the model makes of the objects. `isStrange`: places that the recorder had not. */
function disagreements(recorded: Recording, network: ClusterNetwork, isStrange: (where: string) => boolean = () => false): readonly object[] {
  return recorded.flows.flatMap((flow) => {
    const { changes, request, options } = caseOf(recorded, flow);
    const { topology, refused } = builtNetwork(changedNetwork(network, changes));
    const followed = followPacket(asRecorded(topology, changes.remembered), request, options);
    const hops = followed.hops.filter((hop) => !isStrange(hop.where));
    const compared = {
      id: `${flow.mode}/${flow.id}`,
      subject: flow.mode,
      expected: { ...flow, ...comparableFlow(flow, flow.randomPorts) },
      got: comparableFlow({ mode: flow.mode, ...followed, hops }, followed.randomPorts),
    };
    const verdict = judge(compared, packetComparator);
    return [...refused, ...verdict.disagreements, ...verdict.soft].map((each) => ({ id: compared.id, each }));
  });
}

test('from objects to network to packets: every recorded packet takes its way, frame by frame and rule by rule', () => {
  expect(recording.flows.length).toBeGreaterThanOrEqual(82);
  expect(disagreements(recording, exampleNetwork)).toEqual([]);
});

describe('a fault in the model of the network is seen', () => {
  const faults: readonly (readonly [string, (network: ClusterNetwork) => ClusterNetwork])[] = [
    ['another MTU', (network) => withSettings({ lanMtuBytes: 1490 }, network)],
    ['no hairpin', (network) => withSettings({ hairpin: false }, network)],
    ['other places in the block', (network) => ({ ...network, pods: network.pods.map((pod) => ({ ...pod, address: `${pod.address}0` })) })],
    ['an endpoint elsewhere', (network) => ({ ...network, endpointSlices: network.endpointSlices.slice(1) })],
    ['nobody outside', (network) => ({ ...network, outside: [] })],
  ];
  test.each(faults)('%s', (_, spoil) => {
    expect(disagreements(recording, spoil(exampleNetwork)).length).toBeGreaterThan(0);
  });
});

describe('the topology is the recorded one', () => {
  const plain: NetworkChanges = { mode: 'host-gw', hasBridgeNetfilter: true, hasHairpin: true, routes: [], listeners: [], remembered: {} };
  /** Devices with addresses, cables, MACs and MTUs, and routes; order only where a bridge floods by it. */
  const shapeOf = ({ namespaces }: Topology) =>
    Object.fromEntries(
      Object.entries(namespaces).map(([name, { role, devices, routes, sysctls }]) => [
        name,
        { role, devices, routes: routes.toSorted((one, other) => (one.to < other.to ? -1 : 1)), forwards: sysctls.forwards },
      ]),
    );
  test.each(Object.keys(modes))('%s', (mode) => {
    const { topology, refused } = builtNetwork(changedNetwork(exampleNetwork, { ...plain, mode }));
    expect(refused).toEqual([]);
    expect(shapeOf(asRecorded(topology, {}))).toEqual(shapeOf(topologyOf(recording, { ...plain, mode })));
  });
});

describe('the rules of a node are the recorded ones', () => {
  // kube-proxy walks a Go map: the order of Services in chains that they share is chance.
  const unordered = ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-EXTERNAL-SERVICES'];
  const textsOf = (tables: RuleTables) =>
    Object.fromEntries(
      Object.entries(tables).map(([table, chains]) => {
        const read = Object.entries(chains).map(([name, { policy, rules }]) => {
          const texts = rules.map((rule) => rule.text);
          return [name, [policy, ...(unordered.includes(name) ? texts.toSorted() : texts)]] as const;
        });
        return [table, Object.fromEntries(read)];
      }),
    );

  test.each(exampleNetwork.nodes)('on $name, jumps in their order', (node) => {
    const { mangle, ...rules } = textsOf(nodeRules(exampleNetwork, node).iptables ?? {});
    expect(rules).toEqual(textsOf(parseIptablesSave((recording.iptablesSave[node.name] ?? []).join('\n'))));
    expect(Object.values(mangle ?? {}).flatMap((chain) => chain.slice(1))).toEqual([]);
  });

  test('as data and read from their text they are the same tables', () => {
    const rules = iptablesRules(proxyInput(exampleNetwork, exampleNode(1)));
    expect(textsOf(ruleTablesOf(rules))).toEqual(textsOf(parseIptablesSave(iptablesSave(rules))));
  });
});

describe('the model follows rules, not names', () => {
  const renamings: readonly (readonly [RegExp, string])[] = [
    [/\b(a1|a2|b1|b2|dns1|dns2)\b/gu, '$1x'],
    [/\b(node1|node2|client|ext)\b(?=[@ "/':,]|$)/gu, 'm$1'],
    [/a mclient/gu, 'a client'],
    [/\b10\.244\.1\./gu, '10.42.7.'],
    [/\b10\.244\.2\./gu, '10.42.9.'],
    [/\b10\.244\.0\.0\/16/gu, '10.42.0.0/16'],
    [/0a:f4:01/gu, '0a:2a:07'],
    [/0a:f4:02/gu, '0a:2a:09'],
    [/\b192\.168\.1\./gu, '172.16.7.'],
    [/c0:a8:01/gu, 'ac:10:07'],
    [/\b203\.0\.113\./gu, '198.51.100.'],
    [/cb:00:71/gu, 'c6:33:64'],
    [/\b10\.96\./gu, '10.112.'],
    [/\b3008(?=[0-2]\b)/gu, '3118'],
    // In texts of rules, and in objects; the order of Services stays.
    [/\bdefault\/(?=[a-z])(?!a1|a2|b1|b2)/gu, 'cafe/x'],
    [/"namespace":"default"/gu, '"namespace":"cafe"'],
    [/"(name|kubernetes\.io\/service-name)":"(empty|int-local|kubernetes|sticky|three|web|web-local)"/gu, '"$1":"x$2"'],
  ];
  const renamed = (json: string) => renamings.reduce((changed, [pattern, words]) => changed.replaceAll(pattern, words), json);
  const network = JSON.parse(renamed(JSON.stringify(exampleNetwork))) as ClusterNetwork;

  /** Names hold hashes of what was renamed: the one at the same place of the same list stands for the other. */
  function withHashes(json: string): string {
    const namesOf = ({ nodes, ...rest }: ClusterNetwork) =>
      nodes.flatMap((node) => {
        const input = proxyInput({ nodes, ...rest }, node);
        const { chains, sets } = nftablesRules(input);
        return [...Object.keys(iptablesRules(input).nat), ...[...chains, ...sets].map(({ name }) => name)];
      });
    const hashOf = (name: string) => /-([A-Z2-7]{16}|[A-Z2-7]{8})(?=-|$)/u.exec(name)?.[1];
    const [before, after] = [namesOf(exampleNetwork).map(hashOf), namesOf(network).map(hashOf)];
    expect(after.length).toBe(before.length);
    const hashes = new Map(before.map((hash, index) => [hash, after[index]]));
    return json.replaceAll(/\b[A-Z2-7]{16}\b|\b[A-Z2-7]{8}\b/gu, (word) => hashes.get(word) ?? word);
  }

  test('everything renamed and renumbered, and a third node beside: the same ways', () => {
    const wide: ClusterNetwork = {
      ...network,
      nodes: [...network.nodes, { ...exampleNode(3), address: '172.16.7.13', podCidr: '10.42.11.0/24' }],
      pods: [...network.pods, { ...examplePod('c1', [3, 5]), address: '10.42.11.5' }],
    };
    const isThird = (where: string) => /^(?:node3|c1)\/|^lan\/node3$/u.test(where);
    const changed = withHashes(renamed(text));
    expect(changed.match(/\b10\.244\.[12]\./gu)).toBeNull();
    expect(disagreements(JSON.parse(changed) as Recording, wide, isThird)).toEqual([]);
  });
});
