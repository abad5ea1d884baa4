import fc from 'fast-check';
import { expect, test } from 'vitest';
import { servedBy, seenAddress } from './outcome.ts';
import { settledTexts } from './testing.ts';
import { isAnswered } from './words.ts';

const nodes = ['node-a', 'node-b', 'node-c'];

const nodeText = (name: string, index: number): string =>
  `apiVersion: v1\nkind: Node\nmetadata: { name: ${name} }\nspec: { podCIDR: 10.244.${index + 1}.0/24 }\nstatus: { addresses: [{ type: InternalIP, address: 192.0.2.${index + 11} }] }\n`;
const podText = (name: string, node: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: cart } }\nspec: { nodeName: ${node}, containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }\n`;

/** Any number of ready pods on each of three nodes, a Service, and a client that calls a node port. */
const situation = fc.record({
  pods: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
  called: fc.nat(2),
  policy: fc.constantFrom('Cluster', 'Local'),
  // ipvs differs: with policy Local and no endpoint on the node it falls back to all endpoints (syncEndpoint of pkg/proxy/ipvs).
  mode: fc.constantFrom('iptables', 'nftables'),
  podNetwork: fc.constantFrom('host-gw', 'vxlan'),
  affinity: fc.constantFrom('None', 'ClientIP'),
  seed: fc.nat(1000),
});

test('node ports: who answers, whom the server sees, and where the answer comes from', () => {
  fc.assert(
    fc.property(situation, ({ pods, called, policy, mode, podNetwork, affinity, seed }) => {
      const service = `apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { type: NodePort, externalTrafficPolicy: ${policy}, sessionAffinity: ${affinity}, selector: { app: cart }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }\n`;
      const objects = [
        ...nodes.map(nodeText),
        ...pods.flatMap((count, node) => Array.from({ length: count }, (_, index) => podText(`cart-${node}-${index}`, nodes[node] ?? ''))),
        service,
      ];
      const network = `proxyMode: ${mode}\npodNetwork: ${podNetwork}\n`;
      const call = `from: host/client\nto: node/${nodes[called] ?? ''}\nport: 30080\n`;
      const { sending } = settledTexts({ objects: objects.join('---\n'), network, call }, seed);
      const here = pods[called] ?? 0;
      const all = pods[0] + pods[1] + pods[2];
      const { backend } = servedBy(sending.followed);
      expect(isAnswered(sending)).toBe(policy === 'Local' ? here > 0 : all > 0);
      if (backend === '') return;
      const isLocal = backend.startsWith(`default/cart-${called}-`);
      if (policy === 'Local') expect(isLocal).toBe(true);
      expect(seenAddress(sending.followed) === '198.51.100.7').toBe(policy === 'Local');
      const answer = sending.followed.hops.findLast((hop) => hop.type === 'arrived' && hop.program === 'client');
      expect(answer?.type === 'arrived' && answer.packet.src).toBe(`192.0.2.${called + 11}:30080`);
    }),
    { numRuns: 150, seed: 23 },
  );
});
