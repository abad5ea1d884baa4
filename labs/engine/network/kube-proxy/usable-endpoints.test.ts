import { describe, expect, test } from 'vitest';
import { endpointsMap } from './endpoints-map.ts';
import type { ProxiedSlice } from './proxy-input.ts';
import { serviceMap } from './service-map.ts';
import { exampleEndpoint, exampleInput, exampleService, exampleSlice } from './testing.ts';
import { usableEndpoints } from './usable-endpoints.ts';

const textsOf = (slices: readonly ProxiedSlice[]) => [...endpointsMap(exampleInput([], slices)).values()].map((found) => found.map(({ text }) => text));

describe('endpointsMap', () => {
  test('endpoints stand in the order of their texts, those of several slices together', () => {
    const slices = [exampleSlice([exampleEndpoint(9, 'here')]), exampleSlice([exampleEndpoint(10, 'there'), exampleEndpoint(9, 'there')])];
    expect(textsOf(slices)).toEqual([['10.244.0.10:8080', '10.244.0.9:8080']]);
    expect(
      endpointsMap(exampleInput([], slices.toReversed()))
        .get('shop/web::tcp')
        ?.map(({ isLocal }) => isLocal),
    ).toEqual([false, true]);
  });

  test.each([
    ['a slice that lists nothing', { ...exampleSlice([]), endpoints: null, ports: null }, []],
    ['a slice of names', { ...exampleSlice([exampleEndpoint(1, 'here')]), addressType: 'FQDN' as const }, []],
    [
      'a slice of a headless Service',
      { ...exampleSlice([]), metadata: { name: 'x', labels: { 'kubernetes.io/service-name': 'web', 'service.kubernetes.io/headless': '' } } },
      [],
    ],
    ['a slice of no Service', { ...exampleSlice([exampleEndpoint(1, 'here')]), metadata: { name: 'x' } }, []],
    ['an endpoint without a port', { ...exampleSlice([exampleEndpoint(1, 'here')]), ports: [{ name: 'a' }] }, []],
  ])('%s gives nothing', (_, slice, expected) => {
    expect(textsOf([slice])).toEqual(expected);
  });

  test('conditions that are not told: ready, serving, not terminating', () => {
    const [found] = [...endpointsMap(exampleInput([], [exampleSlice([{ addresses: ['10.244.0.1'] }])])).values()];
    expect(found).toEqual([expect.objectContaining({ isReady: true, isServing: true, isTerminating: false, isLocal: false })]);
  });
});

const unready = { conditions: { ready: false, serving: false, terminating: false } };
const going = { conditions: { ready: false, serving: true, terminating: true } };
const forZone = (zone: string) => ({ hints: { forZones: [{ name: zone }] } });
const forNode = (node: string, zone: string) => ({ hints: { forNodes: [{ name: node }], forZones: [{ name: zone }] } });
const nodePort = { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] } as const;
const outside = { ...nodePort, externalTrafficPolicy: 'Local' } as const;
const inside = { internalTrafficPolicy: 'Local' } as const;
const at = exampleEndpoint;

describe('usableEndpoints', () => {
  test.each([
    ['the ready ones', {}, [at(1, 'here'), at(2, 'there', unready), at(3, 'there', going)], { cluster: '1', local: '', reachable: '1', hasAny: true }],
    [
      'those that go but still serve, where none is ready',
      {},
      [at(1, 'here', unready), at(2, 'there', going)],
      { cluster: '2', local: '', reachable: '2', hasAny: true },
    ],
    ['none', {}, [at(1, 'here', unready)], { cluster: '', local: '', reachable: '', hasAny: false }],
    ['internal Local: those of this node alone', inside, [at(1, 'here'), at(2, 'there')], { cluster: '', local: '1', reachable: '1', hasAny: true }],
    ['internal Local, all elsewhere', inside, [at(2, 'there')], { cluster: '', local: '', reachable: '', hasAny: true }],
    ['external Local: both kinds', outside, [at(1, 'here'), at(2, 'there')], { cluster: '12', local: '1', reachable: '12', hasAny: true }],
    [
      'external Local: the one here is going, the one there is ready',
      outside,
      [at(1, 'here', going), at(2, 'there')],
      { cluster: '2', local: '1', reachable: '21', hasAny: true },
    ],
    [
      'a node port with internal Local',
      { ...nodePort, ...inside },
      [at(1, 'here'), at(2, 'there')],
      { cluster: '12', local: '1', reachable: '12', hasAny: true },
    ],
    [
      'hints for this zone',
      {},
      [at(1, 'there', forZone('east')), at(2, 'there', forZone('west'))],
      { cluster: '1', local: '', reachable: '1', hasAny: true, prefers: 'same zone' },
    ],
    ['hints, but one endpoint has none', {}, [at(1, 'there', forZone('east')), at(2, 'there')], { cluster: '12', local: '', reachable: '12', hasAny: true }],
    [
      'hints, but none for this zone',
      {},
      [at(1, 'there', forZone('west')), at(2, 'there', forZone('north'))],
      { cluster: '12', local: '', reachable: '12', hasAny: true },
    ],
    [
      'hints of an endpoint that is not ready do not count',
      {},
      [at(1, 'there', forZone('east')), at(2, 'there', unready)],
      { cluster: '1', local: '', reachable: '1', hasAny: true, prefers: 'same zone' },
    ],
    [
      'hints for this node',
      {},
      [at(1, 'here', forNode('here', 'east')), at(2, 'there', forNode('there', 'east'))],
      { cluster: '1', local: '', reachable: '1', hasAny: true, prefers: 'same node' },
    ],
    [
      'hints for other nodes, but for this zone',
      {},
      [at(1, 'there', forNode('there', 'east')), at(2, 'far', forNode('far', 'west'))],
      { cluster: '1', local: '', reachable: '1', hasAny: true, prefers: 'same zone' },
    ],
    [
      'hints and external Local: the one here is used though hinted elsewhere',
      outside,
      [at(1, 'here', forZone('west')), at(2, 'there', forZone('east'))],
      { cluster: '2', local: '1', reachable: '21', hasAny: true, prefers: 'same zone' },
    ],
  ])('%s', (_, spec, endpoints, expected) => {
    const input = exampleInput([exampleService(spec)], [exampleSlice(endpoints)]);
    const [port] = serviceMap(input).values();
    const { cluster, local, reachable, ...rest } = usableEndpoints(endpointsMap(input).get('shop/web::tcp') ?? [], port!, input.node);
    const short = (found: typeof cluster) => found.map(({ address }) => address.at(-1)).join('');
    expect({ cluster: short(cluster), local: short(local), reachable: short(reachable), ...rest }).toEqual(expected);
  });
});
