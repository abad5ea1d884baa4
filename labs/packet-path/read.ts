import type { LearnerError, Reader, ReadResult } from '../lab.ts';
import type { ReadingError } from '../reading/reading-error.ts';
import { SettingsReader } from '../reading/settings-reader.ts';
import { buildWorld } from './build-world.ts';
import type { Input, World } from './input.ts';
import { objectKey } from './names.ts';
import { parts, type PartId } from './parts.ts';
import { readCall } from './read-call.ts';
import { readNetwork, type Happened, type WrittenNetwork } from './read-network.ts';
import { readObjects } from './read-objects.ts';
import { podOf } from './things.ts';
import { withPod, withProxy, withRoute } from './world.ts';

const inPart =
  (part: PartId) =>
  (error: ReadingError): LearnerError<PartId> => ({ part, ...error });

function read(texts: Readonly<Record<PartId, string>>): ReadResult<PartId, Input> {
  const objects = readObjects(texts.objects);
  const networkReader = new SettingsReader(texts.network, parts.network.bytesMax);
  const network = readNetwork(networkReader);
  const built = buildWorld(objects, network);
  const objectErrors = [...objects.errors, ...built.errors];
  checkMachines(networkReader, network, built.world);
  const world = network.happened.reduce((before, happened, index) => afterwards(before, happened, { reader: networkReader, index }), built.world);
  const callReader = new SettingsReader(texts.call, parts.call.bytesMax);
  // Mistakes in the objects would make every name in the call a mistake as well.
  const { call, alsoCalls } = objectErrors.length > 0 ? { call: undefined, alsoCalls: [] } : readCall(callReader, world);
  if (call?.from === '' && callReader.errors.length === 0) callReader.wrong([], 'nobody can call here', 'a Pod, a Node or a machine outside');
  if (call?.to === '' && callReader.errors.length === 0) callReader.wrong([], 'nothing can be called here', 'to: an address');
  const errors = [...objectErrors.map(inPart('objects')), ...networkReader.errors.map(inPart('network')), ...callReader.errors.map(inPart('call'))];
  if (errors.length > 0 || call === undefined) return { ok: false, errors };
  return { ok: true, input: { objectsText: texts.objects, world, call, alsoCalls } };
}

/** Names of machines must be told apart, and those that are listened on must exist. */
function checkMachines(reader: SettingsReader, { listens, outside }: WrittenNetwork, { nodes, pods }: World): void {
  const names = nodes.map(({ name }) => name);
  outside.forEach(({ name, address }, index) => {
    const isTaken = names.includes(name) || outside.slice(0, index).some((other) => other.name === name) || ['lan', 'router', 'internet'].includes(name);
    if (isTaken) reader.wrong(['outside', index, 'name'], `something else is called ${name}`, 'another name');
    if (nodes.some((node) => node.address === address) || outside.slice(0, index).some((other) => other.address === address))
      reader.wrong(['outside', index, 'address'], `something else has the address ${address}`, 'another address');
  });
  for (const name of Object.keys(listens)) {
    if (!names.includes(name) && !pods.some((pod) => pod.name === name || objectKey(pod) === name))
      reader.wrong(['listens', name], `there is no pod or node ${name}`, `one of ${[...pods.map((pod) => pod.name), ...names].join(', ')}`);
  }
}

interface HappenedAt {
  readonly reader: SettingsReader;
  readonly index: number;
}

/** The world after something that the network text says has happened. */
function afterwards(world: World, happened: Happened, { reader, index }: HappenedAt): World {
  const path = ['happened', index];
  switch (happened.kind) {
    case 'kube-proxy stopped':
    case 'bridge netfilter off': {
      const { kind, node } = happened;
      if (!world.nodes.some(({ name }) => name === node)) {
        reader.wrong(path, `there is no node ${node}`, `one of ${world.nodes.map(({ name }) => name).join(', ')}`);
        return world;
      }
      return kind === 'kube-proxy stopped' ? withProxy(world, node, false) : { ...world, changes: [...world.changes, { kind, node }] };
    }
    case 'route': {
      const { host, to, via, present } = happened;
      const machines = [...world.nodes, ...world.outside].map(({ name }) => name);
      if (!machines.includes(host) && host !== 'router') reader.wrong(path, `there is no machine ${host}`, `one of ${[...machines, 'router'].join(', ')}`);
      return withRoute(world, { host, to, via }, present);
    }
    case 'pod deleted':
    case 'pod not ready':
    case 'hairpin off': {
      const pod = podOf(world, happened.pod) ?? podOf(world, `default/${happened.pod}`) ?? world.pods.find(({ name }) => name === happened.pod);
      if (pod === undefined) {
        reader.wrong(path, `there is no pod ${happened.pod}`, `one of ${world.pods.map(({ name }) => name).join(', ')}`);
        return world;
      }
      const change = happened.kind === 'pod deleted' ? { isGone: true } : happened.kind === 'pod not ready' ? { isReady: false } : { hasHairpin: false };
      return withPod(world, objectKey(pod), change);
    }
  }
}

export default { read } satisfies Reader<PartId, Input>;
