import { expect, test } from 'vitest';
import type { PodObject } from '../api/cluster-kinds.ts';
import type { JsonObject } from '../patch/json.ts';
import { podRequests } from './pod-requests.ts';

const container = (cpu: string | undefined, more: JsonObject = {}): JsonObject => ({
  name: 'c',
  resources: cpu === undefined ? {} : { requests: { cpu } },
  ...more,
});
const podOf = (spec: JsonObject): PodObject => ({ kind: 'Pod', metadata: { name: 'p' }, spec }) as unknown as PodObject;
const always = { restartPolicy: 'Always' };

test.each([
  ['containers add up', { containers: [container('1'), container('500m')] }, 1500],
  ['an init container counts only where it needs more', { containers: [container('1')], initContainers: [container('3'), container('2')] }, 3000],
  ['sidecars add to the containers', { containers: [container('1')], initContainers: [container('2', always)] }, 3000],
  [
    'and to the init containers after them, not before',
    { containers: [container('1')], initContainers: [container('4'), container('1', always), container('2')] },
    4000,
  ],
  ['an init container after a sidecar needs both', { containers: [container('1')], initContainers: [container('1', always), container('4')] }, 5000],
  ['overhead is added', { containers: [container('1')], overhead: { cpu: '250m' } }, 1250],
  ['requests of the pod stand in place of the sum', { containers: [container('1')], resources: { requests: { cpu: '3' } }, overhead: { cpu: '1' } }, 4000],
  ['thousandths are rounded up', { containers: [container('0.0001')] }, 1],
])('%s', (_, spec, cpu) => {
  expect(podRequests(podOf(spec)).requests.cpu).toBe(cpu);
});

test('a container without requests counts 100m and 200Mi when nodes are compared, one that asks for 0 does not', () => {
  const none = { requests: {}, scored: { cpu: 100, memory: 200 * 1024 * 1024 } };
  expect(podRequests(podOf({ containers: [container(undefined)] }))).toEqual(none);
  expect(podRequests(podOf({ containers: [container('0'), container(undefined)] })).scored.cpu).toBe(100);
  expect(podRequests(podOf({ containers: [container('2')] })).scored).toEqual({ cpu: 2000, memory: 200 * 1024 * 1024 });
});
