import { describe, expect, test } from 'vitest';
import { iptablesRules } from './iptables-rules.ts';
import { iptablesRuleText, iptablesSave } from './iptables-save.ts';
import type { IptablesTable } from './iptables-types.ts';
import type { ProxiedService, ProxiedSlice, ProxyInput } from './proxy-input.ts';
import { exampleEndpoint, exampleInput, exampleService, exampleSlice } from './testing.ts';

const hash = 'E3PXEPMWAWIUT6ZV';
/** Lines of a chain, with `=` for the hash of shop/web. */
function linesOf(input: ProxyInput, table: IptablesTable, chain: string): readonly string[] {
  const rules = iptablesRules(input)[table];
  const name = Object.keys(rules).find((each) => each === chain.replace('=', hash));
  return (rules[name ?? ''] ?? []).map((rule) => iptablesRuleText(chain, rule, input.family === 'IPv6').replaceAll(hash, '='));
}
const input = (service: ProxiedService, slices: readonly ProxiedSlice[], more: Partial<ProxyInput> = {}) => exampleInput([service], slices, more);
const here = exampleSlice([exampleEndpoint(1, 'here')]);
const there = exampleSlice([exampleEndpoint(2, 'there')]);
const nowhere = exampleSlice([]);
const ingress = { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } };
const loadBalancer = { type: 'LoadBalancer', ports: [{ port: 80, nodePort: 30080 }] } as const;

describe('what no endpoint answers', () => {
  test('a node port and a load balancer of a Service without endpoints are refused at every address', () => {
    const service = exampleService({ ...loadBalancer, externalIPs: ['203.0.113.7'] }, ingress);
    expect(linesOf(input(service, [nowhere]), 'filter', 'KUBE-EXTERNAL-SERVICES')).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -d 203.0.113.7/32 -p tcp -m comment --comment "shop/web has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
      '-A KUBE-EXTERNAL-SERVICES -d 198.51.100.7/32 -p tcp -m comment --comment "shop/web has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
      '-A KUBE-EXTERNAL-SERVICES -p tcp -m comment --comment "shop/web has no endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j REJECT --reject-with icmp-port-unreachable',
    ]);
    expect(linesOf(input(service, [nowhere]), 'nat', 'KUBE-NODEPORTS')).toEqual([]);
  });

  test('policy Local without an endpoint here drops what comes from outside', () => {
    const service = exampleService({ ...loadBalancer, externalTrafficPolicy: 'Local' }, ingress);
    expect(linesOf(input(service, [there]), 'filter', 'KUBE-EXTERNAL-SERVICES')).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -d 198.51.100.7/32 -p tcp -m comment --comment "shop/web has no local endpoints" -m tcp --dport 80 -j DROP',
      '-A KUBE-EXTERNAL-SERVICES -p tcp -m comment --comment "shop/web has no local endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j DROP',
    ]);
  });

  test('internal policy Local without an endpoint here drops the cluster IP, and leaves a node port alone', () => {
    const service = exampleService({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], internalTrafficPolicy: 'Local' });
    expect(linesOf(input(service, [there]), 'filter', 'KUBE-SERVICES')).toEqual([
      '-A KUBE-SERVICES -d 10.96.0.7/32 -p tcp -m comment --comment "shop/web has no local endpoints" -m tcp --dport 80 -j DROP',
    ]);
    expect(linesOf(input(service, [there]), 'nat', 'KUBE-EXT-=')).toEqual([
      '-A KUBE-EXT-= -m comment --comment "masquerade traffic for shop/web external destinations" -j KUBE-MARK-MASQ',
      '-A KUBE-EXT-= -j KUBE-SVC-=',
    ]);
    expect(linesOf(input(service, [there]), 'nat', 'KUBE-SVC-=').map((line) => line.includes('MARK-MASQ'))).toEqual([false]);
  });

  test('a Service without endpoints has no firewall', () => {
    const service = exampleService({ ...loadBalancer, loadBalancerSourceRanges: ['203.0.113.0/24'] }, ingress);
    expect(linesOf(input(service, [nowhere]), 'filter', 'KUBE-PROXY-FIREWALL')).toEqual([]);
  });
});

describe('the load balancer', () => {
  test('health is asked at a port of its own, which must be open', () => {
    const service = exampleService({ ...loadBalancer, externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 }, ingress);
    expect(linesOf(input(service, [here]), 'filter', 'KUBE-NODEPORTS')).toEqual([
      '-A KUBE-NODEPORTS -p tcp -m comment --comment "shop/web health check node port" -m tcp --dport 31000 -j ACCEPT',
    ]);
  });

  test('where the node itself is in a range, the balancer’s address is let in too', () => {
    const service = exampleService({ ...loadBalancer, loadBalancerSourceRanges: ['203.0.113.9/24', '192.168.0.0/16'] }, ingress);
    expect(linesOf(input(service, [here]), 'nat', 'KUBE-FW-=')).toEqual([
      '-A KUBE-FW-= -s 203.0.113.0/24 -m comment --comment "shop/web loadbalancer IP" -j KUBE-EXT-=',
      '-A KUBE-FW-= -s 192.168.0.0/16 -m comment --comment "shop/web loadbalancer IP" -j KUBE-EXT-=',
      '-A KUBE-FW-= -s 198.51.100.7/32 -m comment --comment "shop/web loadbalancer IP" -j KUBE-EXT-=',
      '-A KUBE-FW-= -m comment --comment "other traffic to shop/web will be dropped by KUBE-PROXY-FIREWALL"',
    ]);
  });
});

describe('the choice of an endpoint', () => {
  const choices = (count: number) => exampleSlice(Array.from({ length: count }, (_, index) => exampleEndpoint(index + 1, 'there')));
  const probabilities = (count: number) =>
    linesOf(input(exampleService(), [choices(count)]), 'nat', 'KUBE-SVC-=').map((line) => / --probability (\S+)/.exec(line)?.[1] ?? '');

  test.each([
    [1, ['']],
    [2, ['0.50000000000', '']],
    [3, ['0.33333333349', '0.50000000000', '']],
    [7, ['0.14285714272', '0.16666666651', '0.20000000019', '0.25000000000', '0.33333333349', '0.50000000000', '']],
  ])('%i endpoints, each as likely: %j', (count, expected) => {
    expect(probabilities(count).slice(1)).toEqual(expected);
  });

  test('many endpoints carry no comments', () => {
    const commented = (count: number) =>
      linesOf(input(exampleService(), [exampleSlice(many(count))]), 'nat', 'KUBE-SVC-=').filter((line) => line.includes(' -> ')).length;
    expect([commented(1000), commented(1001)]).toEqual([1000, 0]);
  });

  function many(count: number) {
    return Array.from({ length: count }, (_, index) => ({ addresses: [`10.244.${String(index >> 8)}.${String(index & 255)}`] }));
  }

  test('SCTP', () => {
    const service = exampleService({ ports: [{ port: 80, protocol: 'SCTP' }] });
    const rules = iptablesSave(iptablesRules(input(service, [exampleSlice([exampleEndpoint(1, 'here')], [{ protocol: 'SCTP' }])])));
    expect(rules).toContain('-p sctp -m comment --comment "shop/web cluster IP" -m sctp --dport 80 -j KUBE-SVC-');
    expect(rules).toContain('-p sctp -m comment --comment "shop/web" -m sctp -j DNAT --to-destination 10.244.0.1:8080');
  });
});

test('without a cluster CIDR nothing is said about pods', () => {
  const service = exampleService({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], externalTrafficPolicy: 'Local' });
  const unknown = input(service, [here], { clusterCidrs: [] });
  expect(iptablesSave(iptablesRules(unknown))).not.toMatch(/cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ|pod traffic/);
  expect(linesOf(unknown, 'nat', 'KUBE-EXT-=')).toHaveLength(3);
});

test('IPv6: no loopback rules, other names of the same things', () => {
  const slice = { ...exampleSlice([{ addresses: ['fd00:1::5'], nodeName: 'here' }]), addressType: 'IPv6' as const };
  const service = exampleService({ clusterIP: 'fd00:96::7', type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], sessionAffinity: 'ClientIP' });
  const dual = input(service, [slice], { family: 'IPv6', clusterCidrs: ['10.244.0.0/16', 'fd00:1::/48'] });
  const text = iptablesSave(iptablesRules(dual), true);
  expect(text).not.toMatch(/127\.0\.0|KUBE-FIREWALL|255\.255/);
  expect(linesOf(dual, 'nat', 'KUBE-SERVICES')).toEqual([
    '-A KUBE-SERVICES -d fd00:96::7/128 -p tcp -m comment --comment "shop/web cluster IP" -m tcp --dport 80 -j KUBE-SVC-=',
    '-A KUBE-SERVICES ! -d ::1/128 -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS',
  ]);
  expect(text).toContain('! -s fd00:1::/48 -d fd00:96::7/128');
  expect(text).toContain('--mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --rsource');
  expect(text).toContain('-j DNAT --to-destination [fd00:1::5]:8080');
});
