import type { Explanation } from '../lab.ts';
import { machineTitle, objectKey, objectTitle, ownerOf, serviceAddresses } from './names.ts';
import { serviceValue } from './service-fields.ts';
import { podMtu } from './settings.ts';
import type { State } from './state.ts';
import { podOf } from './things.ts';

/** "Why?" for things that are there before any packet: objects, machines, settings, routes, addresses. */
export function explainObject(state: State, kind: string, key: string): Explanation | undefined {
  switch (kind) {
    case 'pod':
      return whyPod(state, key);
    case 'service':
      return whyService(state, key);
    case 'node':
      return whyNode(state, key);
    case 'host':
      return whyHost(state, key);
    case 'machine':
      return whyMachine(state, key);
    case 'policy':
      return whyPolicy(state, key);
    case 'route':
      return whyRoute(state, key);
    case 'address':
      return whyAddress(state, key);
    case 'setting':
      return whySetting(state, key);
    default:
      return undefined;
  }
}

function whyPod(state: State, key: string): Explanation | undefined {
  const pod = podOf(state.input.world, key);
  if (pod === undefined) return undefined;
  const listens = pod.listeners.map(({ port, protocol }) => `${port}/${protocol}`).join(', ');
  if (pod.isGone) return { title: `Pod ${objectTitle(pod)}`, because: `It was deleted: nothing answers at ${pod.address} any more.` };
  return {
    title: `Pod ${objectTitle(pod)}, ${pod.address} on ${pod.node}`,
    because: listens === '' ? 'No program listens in it: who calls it is refused.' : `Its program listens on ${listens}.`,
    steps: [
      pod.isReady ? 'It is ready, so Services that select it list it as an endpoint.' : 'It is not ready, so no Service sends new connections to it.',
      `Labels: ${
        Object.entries(pod.labels)
          .map(([name, value]) => `${name}=${value}`)
          .join(', ') || 'none'
      }.`,
      ...(pod.hostNetwork
        ? ['It uses the node’s own network.']
        : [`Its bridge port ${pod.hasHairpin && state.input.world.settings.hairpin ? 'is' : 'is not'} in hairpin mode.`]),
    ],
  };
}

function whyService(state: State, key: string): Explanation | undefined {
  const service = state.input.world.services.find(({ metadata }) => objectKey(metadata) === key);
  if (service === undefined) return undefined;
  const { spec } = service;
  const ports = (spec.ports ?? []).map(
    ({ port, targetPort, nodePort, protocol }) =>
      `${port}/${(protocol ?? 'TCP').toLowerCase()} to ${targetPort ?? port}${nodePort === undefined ? '' : `, node port ${nodePort}`}`,
  );
  return {
    title: `Service ${objectTitle(service.metadata)}, ${serviceAddresses(service).join(', ') || 'without an address'}`,
    because:
      state.input.world.settings.proxyMode === 'ipvs'
        ? 'In ipvs mode its address stands on the device kube-ipvs0 of every node.'
        : 'It is nowhere: no network card has its address. It exists only as rules on every node.',
    steps: [
      `Type ${serviceValue(service, 'type')}; ${ports.join('; ')}.`,
      `Traffic from inside: ${serviceValue(service, 'internalTrafficPolicy')}; from outside: ${spec.externalTrafficPolicy ?? 'Cluster'}. Local means: only endpoints on the node where the packet is.`,
      `Affinity: ${serviceValue(service, 'sessionAffinity')}.`,
    ],
  };
}

function whyNode(state: State, name: string): Explanation | undefined {
  const { world } = state.input;
  const node = world.nodes.find((known) => known.name === name);
  if (node === undefined) return undefined;
  const isStopped = world.stoppedProxies.some((stopped) => stopped.node === name);
  const pods = world.pods.filter((pod) => pod.node === name && !pod.isGone).map(objectTitle);
  return {
    title: `Node ${name}, ${node.address}`,
    because: `Its pods have addresses of ${node.podCidr}.`,
    steps: [
      isStopped
        ? 'Its kube-proxy has stopped: the rules stay as they were then, and the kernel goes on with them.'
        : 'Its kube-proxy runs and keeps the rules up to date. No packet passes through it: the kernel does all the work.',
      pods.length === 0 ? 'No pod runs on it.' : `Pods: ${pods.join(', ')}.`,
    ],
  };
}

function whyHost(state: State, name: string): Explanation | undefined {
  const host = state.input.world.outside.find((known) => known.name === name);
  return (
    host && {
      title: `${name}, ${host.address}`,
      because: host.on === 'lan' ? 'A machine on the nodes’ own network, no part of the cluster.' : 'A machine on the internet, behind the router.',
    }
  );
}

/** A namespace of the topology: `machine:<name>`. */
function whyMachine(state: State, machine: string): Explanation | undefined {
  const { machines, titles } = state.outlook;
  const known = machines[machine];
  if (known === undefined) return undefined;
  const thing = titles[machine]?.thing;
  const own = titles[machine]?.kind === 'pod' ? whyPod(state, machine) : thing === undefined ? undefined : (whyNode(state, machine) ?? whyHost(state, machine));
  const devices = known.devices.filter(({ kind }) => kind !== 'loopback').map(({ name }) => name);
  const routes = known.routes.map(({ to, via, device }) => `${to}${via === undefined ? '' : ` via ${via}`} dev ${device}`);
  const because =
    known.role === 'switch'
      ? 'It passes frames on by their MAC addresses, and looks at nothing else.'
      : known.forwards
        ? 'It is a router: it passes packets on that are not its own, and takes one off their TTL.'
        : 'It sends and receives.';
  return {
    title: own?.title ?? machineTitle(state.outlook, machine),
    because: own?.because ?? because,
    steps: [...(own?.steps ?? []), `Devices: ${devices.join(', ') || 'none'}.`, ...(routes.length > 0 ? [`Routes: ${routes.join('; ')}.`] : [])],
  };
}

function whyPolicy(state: State, key: string): Explanation | undefined {
  const known = state.input.world.policies.find(({ policy }) => objectKey(policy.metadata) === key);
  if (known === undefined) return undefined;
  const { spec, metadata } = known.policy;
  const selects = JSON.stringify(spec.podSelector ?? {});
  return {
    title: `NetworkPolicy ${objectTitle(metadata)}`,
    because: known.isOn ? 'What it does not allow to the pods it selects is refused, unless another policy allows it.' : 'It is deleted: it refuses nothing.',
    steps: [
      `Selects pods of namespace ${metadata.namespace ?? 'default'}: ${selects === '{}' ? 'all' : selects}.`,
      `Ingress rules: ${spec.ingress ? spec.ingress.length : 0}; egress rules: ${spec.egress ? spec.egress.length : 0}.`,
      'Policies see addresses of pods: the rules are tried after the address of a Service was rewritten.',
    ],
  };
}

/** `route:<machine>:<block>`; names of pods’ namespaces have no colon. */
function whyRoute(state: State, key: string): Explanation | undefined {
  const [machine = '', to = ''] = key.split(':');
  const title = `${machineTitle(state.outlook, machine)}: route to ${to}`;
  const route = state.outlook.machines[machine]?.routes.find((known) => known.to === to);
  if (route) {
    const next =
      route.via === undefined ? 'Who has such an address is a neighbour behind this device.' : `The next machine is ${route.via}${nameOf(state, route.via)}.`;
    return {
      title,
      because: next,
      steps: [
        `Device ${route.device}.`,
        'Of all routes that fit, the one with the longest prefix is taken; the default route fits everything and is the shortest.',
      ],
    };
  }
  if (state.outlook.machines[machine]?.devices.some(({ addresses }) => addresses.some(({ address }) => `${address}/32` === to)))
    return { title, because: 'This is an address of the machine itself: the packet is for its own programs.' };
  return state.outlook.machines[machine] === undefined
    ? undefined
    : { title, because: 'There is no such route: packets go by the next shorter prefix, in the end by the default route.' };
}

function nameOf(state: State, address: string): string {
  const owner = ownerOf(state.outlook, address);
  return owner === undefined ? '' : `, ${owner}`;
}

function whyAddress(state: State, address: string): Explanation {
  const owner = ownerOf(state.outlook, address);
  return { title: address, because: owner === undefined ? 'Nobody here has this address.' : `This is the address of ${owner}.` };
}

function whySetting({ input: { world } }: State, name: string): Explanation | undefined {
  const { settings } = world;
  switch (name) {
    case 'proxyMode':
      return {
        title: `kube-proxy in ${settings.proxyMode} mode`,
        because: 'kube-proxy only writes rules; the mode says in which form.',
        steps: [
          'iptables: a list, tried rule by rule; the default. nftables: maps, one look for all Services; stable since v1.33. ipvs: a table of virtual servers; deprecated since v1.35.',
        ],
      };
    case 'podNetwork':
      return settings.podNetwork === 'vxlan'
        ? {
            title: 'Pods reach other nodes through a VXLAN tunnel',
            because: 'The network between the nodes never sees addresses of pods: each packet travels inside a UDP packet from node to node.',
          }
        : {
            title: 'Pods reach other nodes by routes',
            because: 'Each node has a route to the block of every other node, so packets of pods travel as they are.',
          };
    case 'podMtu':
      return {
        title: `MTU of pods: ${podMtu(settings)} bytes`,
        because:
          settings.podNetwork === 'vxlan'
            ? `The tunnel adds 50 bytes, and the network between the nodes takes ${settings.lanMtuBytes}: more than ${settings.lanMtuBytes - 50} does not fit.`
            : `The network between the nodes takes ${settings.lanMtuBytes} bytes.`,
      };
    case 'hairpin':
      return {
        title: `Hairpin mode is ${settings.hairpin ? 'on' : 'off'}`,
        because:
          'A bridge sends no frame back through the port it came from, unless the port is in hairpin mode. A pod that reaches itself through a Service needs it.',
      };
    case 'bridgeNetfilter':
      return {
        title: `Rules ${settings.bridgeNetfilter ? 'see' : 'do not see'} packets that a bridge passes on`,
        because:
          'net.bridge.bridge-nf-call-iptables: without it an answer from pod to pod on one node crosses the bridge unseen, and nobody turns the Service’s address back.',
      };
    default:
      return undefined;
  }
}
