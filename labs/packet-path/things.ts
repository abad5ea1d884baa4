import type { Protocol, ThingId, World } from './input.ts';
import { addressNumber } from './addresses.ts';
import { objectKey, objectTitle, serviceAddresses, thingId } from './names.ts';
import type { Target } from './state.ts';

/** Someone who can call, with its address. */
interface Caller {
  readonly id: ThingId;
  readonly title: string;
  readonly address: string;
}

/** Who can call: pods that are there, nodes, machines outside. */
export function callersOf({ pods, nodes, outside }: World): readonly Caller[] {
  return [
    ...pods.filter(({ isGone }) => !isGone).map((pod) => ({ id: thingId('pod', pod.namespace, pod.name), title: objectTitle(pod), address: pod.address })),
    ...nodes.map(({ name, address }) => ({ id: `node/${name}`, title: name, address })),
    ...outside.map(({ name, address }) => ({ id: `host/${name}`, title: name, address })),
  ];
}

const lower = (protocol: string | undefined): Protocol => (protocol === 'UDP' ? 'udp' : 'tcp');

/** What can be called, with the port that is usually called there. */
export function targetsOf(world: World): readonly Target[] {
  const { pods, nodes, services, outside } = world;
  const nodePort = services.flatMap(({ spec }) => spec.ports ?? []).find((port) => port.nodePort !== undefined);
  return [
    ...services.flatMap((service): readonly Target[] => {
      const [port] = service.spec.ports ?? [];
      return serviceAddresses(service).map((address, index) => ({
        id: index === 0 ? thingId('service', service.metadata.namespace ?? 'default', service.metadata.name) : address,
        title: index === 0 ? `Service ${objectTitle(service.metadata)}` : `${address}, Service ${objectTitle(service.metadata)}`,
        address,
        port: port?.port ?? 80,
        protocol: lower(port?.protocol),
      }));
    }),
    ...pods.map((pod): Target => {
      const [port] = pod.listeners;
      const protocol = port?.protocol ?? lower(pod.ports[0]?.protocol);
      return {
        id: thingId('pod', pod.namespace, pod.name),
        title: objectTitle(pod),
        address: pod.address,
        port: port?.port ?? pod.ports[0]?.port ?? 80,
        protocol,
      };
    }),
    ...nodes.map(({ name, address, listeners }): Target => {
      const [own] = listeners;
      return { id: `node/${name}`, title: name, address, port: nodePort?.nodePort ?? own?.port ?? 22, protocol: lower(nodePort?.protocol) };
    }),
    ...outside.map(({ name, address, listeners }): Target => ({
      id: `host/${name}`,
      title: name,
      address,
      port: listeners[0]?.port ?? 443,
      protocol: listeners[0]?.protocol ?? 'tcp',
    })),
  ];
}

/** The id of what a text names: as it stands, or a bare name looked up in the order given. */
export function namedThing(text: ThingId, among: readonly { readonly id: ThingId; readonly address: string }[]): ThingId | undefined {
  const spelled = text.replace(/^(pod|service)\/default\//u, '$1/').replace(/^svc\//u, 'service/');
  const known = among.find(({ id }) => id === spelled) ?? among.find(({ id }) => id === `service/${spelled}`);
  return (known ?? among.find(({ id }) => id.slice(id.indexOf('/') + 1) === spelled))?.id;
}

/** The target of an id or address; an address that nobody has is a target too. */
export function targetOf(world: World, to: ThingId): Target | undefined {
  const targets = targetsOf(world);
  const known = targets.find(({ id }) => id === to) ?? targets.find(({ address }) => address === to);
  if (known !== undefined) return known;
  return addressNumber(to) === undefined ? undefined : { id: to, title: to, address: to, port: 80, protocol: 'tcp' };
}

/** The pod of `namespace/name`. */
export function podOf({ pods }: World, key: string): World['pods'][number] | undefined {
  return pods.find((pod) => objectKey(pod) === key);
}
