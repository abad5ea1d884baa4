import { expect, test } from 'vitest';
import type { EndpointSlice } from '../api/types.ts';
import { withHints } from './endpoint-hints.ts';

const slice: EndpointSlice = {
  metadata: { name: 'web-1', namespace: 'default' },
  addressType: 'IPv4',
  endpoints: [
    { addresses: ['10.244.1.2'], conditions: { ready: true }, nodeName: 'a' },
    { addresses: ['10.244.2.2'], conditions: { ready: false }, nodeName: 'b' },
    { addresses: ['10.244.3.2'], conditions: { ready: true } },
  ],
};
const zones = (node: string): string => ({ a: 'west', b: 'east' })[node] ?? '';

const zone = { forZones: [{ name: 'west' }] };
const node = { forNodes: [{ name: 'a' }] };

test.each([
  { name: 'nothing asked: zones alone', distribution: undefined, zoneOf: zones, hints: undefined, of: 'west' },
  { name: 'a distribution that is not known', distribution: 'PreferMoon', zoneOf: zones, hints: undefined, of: 'west' },
  { name: 'the same zone', distribution: 'PreferSameZone', zoneOf: zones, hints: zone, of: 'west' },
  { name: 'the same zone by its old name', distribution: 'PreferClose', zoneOf: zones, hints: zone, of: 'west' },
  { name: 'the same node, and its zone', distribution: 'PreferSameNode', zoneOf: zones, hints: { ...zone, ...node }, of: 'west' },
  { name: 'the same node of a cluster without zones', distribution: 'PreferSameNode', zoneOf: () => '', hints: node, of: undefined },
  { name: 'the same zone of a cluster without zones', distribution: 'PreferSameZone', zoneOf: () => '', hints: undefined, of: undefined },
])('$name', ({ distribution, zoneOf, hints, of }) => {
  const [ready, waiting, nowhere] = withHints(slice, distribution, zoneOf).endpoints;
  expect([ready?.hints, ready?.zone]).toEqual([hints, of]);
  // One that is not ready gets no hint, and one without a node has no place to be hinted at.
  expect([waiting?.hints, nowhere?.hints, nowhere?.zone]).toEqual([undefined, undefined, undefined]);
});
