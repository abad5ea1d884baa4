import { describe, expect, test } from 'vitest';
import type { ProxiedService } from '../kube-proxy/proxy-input.ts';
import { exampleEndpoint, exampleInput, exampleService, exampleSlice } from '../kube-proxy/testing.ts';
import { ipsetList, ipvsadmList } from './ipvs-list.ts';
import { ipvsRules, type IpvsNode } from './ipvs-rules.ts';
import { hostPort, virtualServerText, type IpvsRules } from './ipvs-types.ts';

type Spec = Partial<ProxiedService['spec']>;
const [near, far] = [exampleEndpoint(1, 'here'), exampleEndpoint(2, 'there')];
const going = { conditions: { ready: false, serving: true, terminating: true } };
const nodePort: Spec = { type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }] };

function rulesOf(spec: Spec, endpoints = [near, far], status: ProxiedService['status'] = {}, node?: IpvsNode): IpvsRules {
  return ipvsRules(exampleInput([exampleService(spec, status)], [exampleSlice(endpoints)]), node);
}

/** `server -> destinations`; those of weight 0 in brackets. */
function servers({ virtualServers }: IpvsRules): readonly string[] {
  return virtualServers.map((server) => {
    const to = server.destinations.map(({ address, port, weight }) => (weight === 0 ? `(${hostPort(address, port)})` : hostPort(address, port)));
    return `${virtualServerText(server)} -> ${to.join(' ')}`;
  });
}

const [a, b] = ['10.244.0.1:8080', '10.244.0.2:8080'];
const ingress = (ip: string): ProxiedService['status'] => ({ loadBalancer: { ingress: [{ ip }] } });

describe('virtual servers', () => {
  const table: readonly (readonly [string, IpvsRules, readonly string[]])[] = [
    ['a cluster IP has all endpoints', rulesOf({}), [`10.96.0.7:80/TCP -> ${a} ${b}`]],
    ['without endpoints it stands there with nobody behind it', rulesOf({}, []), ['10.96.0.7:80/TCP -> ']],
    ['UDP', rulesOf({ ports: [{ port: 53, protocol: 'UDP' }] }, []), ['10.96.0.7:53/UDP -> ']],
    [
      'a node port is one more server at each address of the node',
      rulesOf(nodePort, [near, far], {}, { localAddresses: ['192.168.1.11', '10.244.0.254', 'fd00::1'] }),
      [`10.96.0.7:80/TCP -> ${a} ${b}`, `192.168.1.11:30080/TCP -> ${a} ${b}`, `10.244.0.254:30080/TCP -> ${a} ${b}`],
    ],
    [
      'a Local policy for traffic from outside keeps node ports on the node',
      rulesOf({ ...nodePort, externalTrafficPolicy: 'Local' }),
      [`10.96.0.7:80/TCP -> ${a} ${b}`, `192.168.1.11:30080/TCP -> ${a}`],
    ],
    [
      'a Local policy without an endpoint here falls back to the cluster',
      rulesOf({ ...nodePort, externalTrafficPolicy: 'Local' }, [far]),
      [`10.96.0.7:80/TCP -> ${b}`, `192.168.1.11:30080/TCP -> ${b}`],
    ],
    ['a Local policy inside the cluster has nothing to fall back to', rulesOf({ internalTrafficPolicy: 'Local' }, [far]), ['10.96.0.7:80/TCP -> ']],
    [
      'external addresses and those of balancers use the Service’s port',
      rulesOf({ type: 'LoadBalancer', externalIPs: ['203.0.113.1'] }, [near], ingress('203.0.113.2')),
      [`10.96.0.7:80/TCP -> ${a}`, `203.0.113.1:80/TCP -> ${a}`, `203.0.113.2:80/TCP -> ${a}`],
    ],
    ['endpoints that are going serve only where none is ready', rulesOf({}, [exampleEndpoint(1, 'here', going), far]), [`10.96.0.7:80/TCP -> ${b}`]],
    ['endpoints that are going serve as the last ones', rulesOf({}, [exampleEndpoint(1, 'here', going)]), [`10.96.0.7:80/TCP -> ${a}`]],
    [
      'what is gone stays with weight 0 while connections are open',
      rulesOf(
        {},
        [far],
        {},
        {
          open: [
            { virtualServer: '10.96.0.7:80/TCP', destination: a },
            { virtualServer: '10.96.0.7:80/TCP', destination: b },
          ],
        },
      ),
      [`10.96.0.7:80/TCP -> ${b} (${a})`],
    ],
    [
      'UDP has no such grace',
      rulesOf({ ports: [{ port: 53, protocol: 'UDP' }] }, [], {}, { open: [{ virtualServer: '10.96.0.7:53/UDP', destination: a }] }),
      ['10.96.0.7:53/UDP -> '],
    ],
  ];
  test.each(table)('%s', (_, rules, expected) => {
    expect(servers(rules)).toEqual(expected);
  });

  test('affinity makes every server of the Service persistent', () => {
    const rules = rulesOf({ ...nodePort, sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } });
    expect(rules.virtualServers.map(({ persistentSeconds }) => persistentSeconds)).toEqual([60, 60]);
  });

  test('the dummy device gets what no other device has', () => {
    const rules = rulesOf({ type: 'LoadBalancer', externalIPs: ['192.168.1.11', '203.0.113.1'] }, [near], ingress('203.0.113.2'));
    expect(rules.dummyAddresses).toEqual(['10.96.0.7', '203.0.113.1', '203.0.113.2']);
    expect(rules.sets['KUBE-IPVS-IPS']?.entries).toEqual(rules.dummyAddresses);
  });
});

describe('sets', () => {
  const filled = ({ sets }: IpvsRules) =>
    Object.fromEntries(Object.entries(sets).flatMap(([name, { entries }]) => (entries.length > 0 ? [[name, entries]] : [])));
  const base = {
    'KUBE-CLUSTER-IP': ['10.96.0.7,tcp:80'],
    'KUBE-LOOP-BACK': ['10.244.0.1,tcp:8080,10.244.0.1'],
    'KUBE-IPVS-IPS': ['10.96.0.7'],
  };

  test('a cluster IP, and the endpoints of this node for those who call themselves', () => {
    expect(filled(rulesOf({}))).toEqual(base);
  });

  test('an endpoint that is not ready is in the set for loops as well', () => {
    expect(filled(rulesOf({}, [exampleEndpoint(1, 'here', { conditions: { ready: false, serving: false, terminating: false } })]))).toEqual(base);
  });

  test('node ports by protocol, those of a Local policy twice', () => {
    expect(filled(rulesOf(nodePort))).toEqual({ ...base, 'KUBE-NODE-PORT-TCP': ['30080'] });
    const local = rulesOf({ ...nodePort, type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31_000 });
    expect(filled(local)).toEqual({
      ...base,
      'KUBE-NODE-PORT-TCP': ['30080'],
      'KUBE-NODE-PORT-LOCAL-TCP': ['30080'],
      'KUBE-HEALTH-CHECK-NODE-PORT': ['31000'],
    });
  });

  test('a balancer’s address with source ranges', () => {
    const spec: Spec = { type: 'LoadBalancer', loadBalancerSourceRanges: ['198.51.100.0/24', '192.168.1.0/24'] };
    const entry = '203.0.113.2,tcp:80';
    expect(filled(rulesOf(spec, [near], ingress('203.0.113.2')))).toEqual({
      ...base,
      'KUBE-IPVS-IPS': ['10.96.0.7', '203.0.113.2'],
      'KUBE-LOAD-BALANCER': [entry],
      'KUBE-LOAD-BALANCER-FW': [entry],
      'KUBE-LOAD-BALANCER-SOURCE-CIDR': [`${entry},198.51.100.0/24`, `${entry},192.168.1.0/24`],
      'KUBE-LOAD-BALANCER-SOURCE-IP': [`${entry},203.0.113.2`],
    });
  });

  test('names of IPv6 sets fit into 31 characters', () => {
    const names = Object.keys(ipvsRules(exampleInput([], [], { family: 'IPv6' })).sets);
    expect(names.every((name) => name.startsWith('KUBE-6-') && name.length <= 31)).toBe(true);
    expect(names).toContain('KUBE-6-LOAD-BALANCER-SOURCE-CID');
  });
});

describe('rules of iptables', () => {
  const lines = ({ iptables }: IpvsRules, table: string, chain: string) =>
    (iptables[table]?.[chain]?.rules ?? []).map(({ text }) => text.replace(`-A ${chain} `, ''));

  test('the order of KUBE-SERVICES: marks first, then what ends the search', () => {
    const about = '-m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set KUBE-CLUSTER-IP dst,dst';
    expect(lines(rulesOf({}), 'nat', 'KUBE-SERVICES')).toEqual([
      '-s 127.0.0.0/8 -j RETURN',
      `! -s 10.244.0.0/16 ${about} -j KUBE-MARK-MASQ`,
      '-m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
      '-m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT',
    ]);
  });

  test('without --cluster-cidr only what comes from such an address itself is masqueraded', () => {
    const rules = ipvsRules(exampleInput([exampleService()], [], { clusterCidrs: [] }));
    expect(lines(rules, 'nat', 'KUBE-SERVICES')[1]).toMatch(/KUBE-CLUSTER-IP src,dst -j KUBE-MARK-MASQ$/u);
  });

  test('the last jump that was made stands first', () => {
    const jumps = lines(rulesOf({}), 'filter', 'INPUT').map((text) => text.split(' ').at(-1));
    expect(jumps).toEqual(['KUBE-IPVS-FILTER', 'KUBE-PROXY-FIREWALL', 'KUBE-NODE-PORT']);
  });

  test('a Local node port returns before it is marked', () => {
    const targets = lines(rulesOf({ ...nodePort, externalTrafficPolicy: 'Local' }), 'nat', 'KUBE-NODE-PORT').map((text) => text.split(' ').slice(-4).join(' '));
    expect(targets).toEqual(['KUBE-NODE-PORT-LOCAL-TCP dst -j RETURN', 'KUBE-NODE-PORT-TCP dst -j KUBE-MARK-MASQ']);
  });

  test('their number does not grow with the number of Services', () => {
    const count = (number: number) => {
      const services = Array.from({ length: number }, (_, index) => ({
        ...exampleService({ clusterIP: `10.96.1.${index}` }),
        metadata: { name: `s${index}` },
      }));
      const { iptables } = ipvsRules(exampleInput(services, []));
      return Object.values(iptables).flatMap((chains) => Object.values(chains).flatMap(({ rules }) => rules)).length;
    };
    expect(count(50)).toBe(count(1));
  });

  test('nothing is of a kind that was not read, but for what concerns bridges and a balancer’s address from the node itself', () => {
    const rules = rulesOf(
      { ...nodePort, type: 'LoadBalancer', externalIPs: ['203.0.113.1'], loadBalancerSourceRanges: ['198.51.100.0/24'] },
      [near],
      ingress('203.0.113.2'),
    );
    const unknown = Object.values(rules.iptables).flatMap((chains) =>
      Object.values(chains).flatMap((chain) => chain.rules.filter(({ matches }) => matches.some(({ kind }) => kind === 'unknown'))),
    );
    expect(unknown.map(({ text }) => /-m (?:physdev|ipvs)/u.exec(text)?.[0])).toEqual(['-m ipvs', '-m physdev']);
  });
});

test('ipvsadm lists servers by protocol and address, with what stays open at the end', () => {
  const rules = rulesOf({ sessionAffinity: 'ClientIP', ports: [{ port: 80 }, { name: 'dns', port: 53, protocol: 'UDP' }] });
  expect(ipvsadmList(rules).split('\n')).toEqual([
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    'TCP  10.96.0.7:80 rr persistent 10800',
    '  -> 10.244.0.1:8080              Masq    1      0          0         ',
    '  -> 10.244.0.2:8080              Masq    1      0          0         ',
    'UDP  10.96.0.7:53 rr persistent 10800',
    '',
  ]);
});

test('ipset lists all sets, also empty ones, with how many rules ask them', () => {
  const text = ipsetList(rulesOf({}));
  expect(text.match(/^Name: /gmu)).toHaveLength(17);
  expect(text).toContain(
    'Name: KUBE-CLUSTER-IP\nType: hash:ip,port\nHeader: family inet hashsize 1024 maxelem 65536\nReferences: 3\nNumber of entries: 1\nMembers:\n10.96.0.7,tcp:80\n',
  );
  expect(text).toContain('Name: KUBE-NODE-PORT-TCP\nType: bitmap:port\nHeader: range 0-65535\nReferences: 0\n');
});
