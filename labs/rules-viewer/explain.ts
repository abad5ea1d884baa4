import type { Explanation } from '../lab.ts';
import { keyOf } from './input.ts';
import type { ShownLine } from './outlook.ts';
import type { Route } from './routes.ts';
import { waysTo, type State } from './state.ts';
import { runsOn, seenOn } from './situation.ts';
import { conditionOf, distributionOf, fieldOf, nodeNamed, podAt, selectedPods, serviceOf } from './traffic.ts';
import { count, fraction, grouped, listed, sentence } from './words.ts';

type Explained = Omit<Explanation, 'cause'>;

const source = 'https://kubernetes.io/docs/reference/networking/virtual-ips/';

function shareSteps({ chance, share }: ShownLine, position: number): readonly string[] {
  if (share === undefined || chance === undefined) return [];
  if (share > 0.999_999) return ['It is the only endpoint: it gets all new connections that come to this chain.'];
  if (chance > 0.999_999) return [`The last rule has no condition: what is left is ${fraction(share)} of all that came to the chain.`];
  const left = share / chance;
  const before = position === 0 || left > 0.999_999 ? 'Nothing was taken before' : `Rules before it have left ${fraction(left)}`;
  return [`${before}; of that it takes ${fraction(chance)}: ${fraction(share)} of all new connections to the chain.`];
}

function whyRule({ outlook, shown }: State, key: string): Explained | undefined {
  const at = key.lastIndexOf('#');
  const [id, index] = [key.slice(0, at), Number(key.slice(at + 1))];
  const block = outlook.blocks.find((each) => each.id === id);
  const line = block?.lines.find((each) => each.index === index);
  if (block === undefined || line === undefined) return undefined;
  const position = block.kind === 'chain' ? `Rule ${grouped(index + 1)} of ${grouped(block.total)} in ${block.name}` : `An element of ${block.name}`;
  const isMark = line.to?.endsWith('/KUBE-MARK-MASQ') ?? false;
  return {
    title: line.text,
    because: sentence(line.words),
    steps: [
      `${position}: ${block.about}`,
      ...shareSteps(line, index),
      ...(line.choices ?? []).map((choice) => `${choice.text}: ${fraction(choice.share)}.`),
      ...(isMark ? ['A marked packet goes on through the next rules; only as it leaves does KUBE-POSTROUTING give it the node’s address as source.'] : []),
      block.role === 'behind' ? 'It is there for all Services.' : `It is there for Service ${shown}.`,
      ...(line.isNew ? ['It was not there before the last change.'] : []),
    ],
    source,
  };
}

const since = { new: 'It is new since the last change.', changed: 'The last change rewrote it.', same: '' };

function whyChain({ outlook, shown }: State, id: string): Explained | undefined {
  const block = outlook.blocks.find((each) => each.id === id);
  const gone = outlook.gone.find((each) => each.id === id);
  if (block === undefined)
    return gone && { title: gone.name, because: 'It is not there any more: kube-proxy deleted it, since nothing leads to it now.', source };
  const { kind, table, role, total, is } = block;
  return {
    title: block.name,
    because: block.about,
    steps: [
      `${kind === 'chain' ? 'A chain' : kind === 'map' ? 'A verdict map: keys that lead to chains' : 'A set'} of table ${table}, with ${count(total, kind === 'chain' ? 'rule' : 'element')}.`,
      ...(kind === 'chain' ? ['Its rules are tried from the first to the last until one decides.'] : []),
      role === 'own' ? `It belongs to Service ${shown}.` : 'All Services share it.',
      since[is],
    ].filter((step) => step !== ''),
    source,
  };
}

const refusals = { drop: 'dropped', reject: 'rejected', through: 'no rule' };

function wayWords(who: string, { refused, shares }: Route): string {
  if (refused !== undefined) return `${who}: ${refusals[refused]}.`;
  return `${who}: ${listed(Object.entries(shares).map(([to, share]) => `${to} gets ${fraction(share)}`))}.`;
}

function distributionSteps(distribution: string | undefined): readonly string[] {
  if (distribution === undefined) return [];
  const what =
    distribution === 'PreferSameNode'
      ? 'each ready endpoint is meant for its own node, and a node with such an endpoint uses no other'
      : 'nodes have no zone in this lab, so it changes nothing';
  return [`trafficDistribution is ${distribution}: ${what}.`];
}

function whyService(state: State, key: string): Explained | undefined {
  const service = serviceOf(state, key);
  if (service === undefined) return undefined;
  const { name } = service.metadata;
  const { type, clusterIP = '' } = service.spec;
  if (type === 'ExternalName')
    return { title: `Service ${name}`, because: 'ExternalName is a name in the DNS and nothing else. kube-proxy writes no rule for it.', source };
  if (clusterIP === 'None')
    return {
      title: `Service ${name}`,
      because: 'It is headless: without a cluster IP there is no address that a rule could catch. Clients get the pods’ addresses from the DNS.',
      source,
    };
  const ways = waysTo(state, key).flatMap((way) => [
    wayWords(`From a pod on ${state.node} to ${way.clusterIP}:${String(way.port)}`, way.inside),
    ...(way.outside === undefined ? [] : [wayWords(`From outside to node port ${String(way.nodePort ?? 0)}`, way.outside)]),
  ]);
  const fields = (['internalTrafficPolicy', 'externalTrafficPolicy', 'sessionAffinity'] as const).filter(
    (field) => field !== 'externalTrafficPolicy' || type === 'NodePort' || type === 'LoadBalancer',
  );
  return {
    title: `Service ${name}`,
    because: `${fieldOf(service, 'type')} at ${clusterIP}. Rules on ${state.node} catch packets to this address and choose a pod for each new connection.`,
    steps: [...ways, `${listed(fields.map((field) => `${field} is ${fieldOf(service, field)}`))}.`, ...distributionSteps(distributionOf(service))],
    source,
  };
}

function whyPod(state: State, key: string): Explained | undefined {
  const found = state.cluster.pods.find(({ pod }) => keyOf(pod) === key);
  if (found === undefined) return undefined;
  const { pod } = found;
  const address = pod.status?.podIP ?? '';
  const services = state.cluster.services.filter((service) => selectedPods(state, service).includes(found));
  const inRules = state.outlook.ways.filter(({ node, known }) => node === state.node && known.some((endpoint) => endpoint.startsWith(`${address}:`)));
  return {
    title: `Pod ${pod.metadata.name}`,
    because: `It runs on ${pod.spec.nodeName ?? 'no node'} at ${address} and is ${conditionOf(found)}.`,
    steps: [
      ...(services.length === 0 ? ['No Service selects it: it is a client here.'] : []),
      ...services.map((service) =>
        sentence(`Service ${service.metadata.name} lists it: ${state.outlook.listings[`${keyOf(service)} ${pod.metadata.name}`] ?? 'not at all'}`),
      ),
      inRules.length === 0 ? `No rule on ${state.node} leads to it.` : `Rules on ${state.node} lead to it for ${listed(inRules.map(({ name }) => name))}.`,
    ],
  };
}

function whyProxy(state: State, name: string): Explained | undefined {
  if (!state.input.settings.nodes.some((node) => node.name === name)) return undefined;
  const { mode } = seenOn(state, name);
  const rules = state.outlook.rulesByNode[name] ?? 0;
  if (!runsOn(state, name))
    return {
      title: `kube-proxy on ${name} does not run`,
      because: 'The kernel goes on with the rules that were written last. Nobody else on the node writes them: not the kubelet, and not the Service.',
      steps: [`${count(rules, 'rule')} in ${mode} mode, from before.`, 'New connections follow them; what has changed in the cluster since is unknown here.'],
      source,
    };
  return {
    title: `kube-proxy on ${name}`,
    because:
      'It watches Services and EndpointSlices through the API server, and writes into its own node’s kernel what follows from them. Packets do not pass through it.',
    steps: [`${count(rules, 'rule')} in ${mode} mode.`, 'Each node has one, and each writes for its own node.'],
    source,
  };
}

function whyNode(state: State, name: string): Explained | undefined {
  const node = nodeNamed(state, name);
  if (node.name !== name) return undefined;
  const pods = state.cluster.pods.filter(({ pod }) => pod.spec.nodeName === name).map(({ pod }) => pod.metadata.name);
  return {
    title: `Node ${name}`,
    because: `Its address is ${node.address}. ${pods.length === 0 ? 'No pod runs here.' : `Here run ${listed(pods)}.`}`,
    steps: [
      'The rules of two nodes differ only where the place counts: Local policies, trafficDistribution, hairpins, the node’s own address.',
      runsOn(state, name) ? 'kube-proxy runs here.' : 'kube-proxy does not run here.',
    ],
  };
}

function whySize(state: State): Explained {
  return {
    title: `${state.mode} mode`,
    because:
      'iptables has only lists: a packet to the last Service is compared with the rules of all others before. nftables has maps, which find the chain by address, protocol and port at once.',
    steps: [
      ...state.outlook.sizes.map(
        ({ mode, route }) => `${mode}, at worst: ${count(route.rules, 'rule')} and ${count(route.lookups, 'lookup')} in maps and sets.`,
      ),
      'Only the first packet of a connection goes this way; the others follow what conntrack remembers.',
    ],
    source,
  };
}

function whyCrowd({ crowd }: State): Explained {
  return {
    title: 'More Services',
    because: `${count(crowd.services, 'Service')} that are all alike, each with ${count(crowd.endpoints, 'ready endpoint')} on other nodes.`,
    steps: ['The rules of one of them are written as for any Service; the others have the same under other names and addresses, and are counted.'],
  };
}

function whyDeployment({ cluster }: State, key: string): Explained | undefined {
  const found = cluster.deployments.find((each) => keyOf(each) === key);
  if (found === undefined) return undefined;
  const pods = cluster.pods.filter(({ owner }) => owner === key).map(({ pod }) => `${pod.metadata.name} on ${pod.spec.nodeName ?? ''}`);
  return { title: `Deployment ${found.metadata.name}`, because: `It wants ${count(found.replicas, 'pod')}.`, steps: pods.map(sentence) };
}

function whyEndpoint(state: State, key: string): Explained | undefined {
  const [service = '', endpoint = ''] = key.split('|');
  const found = podAt(state, endpoint);
  const parts = waysTo(state, service).flatMap(({ inside }) => inside.shares[endpoint] ?? []);
  return {
    title: endpoint,
    because:
      found === undefined
        ? 'No pod of the cluster has this address: the rule is older than that, or the address was written into an EndpointSlice by hand.'
        : `Pod ${found.pod.metadata.name} on ${found.pod.spec.nodeName ?? ''}, ${conditionOf(found)}.`,
    steps: parts.map((share) => `From a pod on ${state.node} it gets ${fraction(share)} of new connections to ${service}.`),
  };
}

const explainers: Readonly<Record<string, (state: State, key: string) => Explained | undefined>> = {
  rule: whyRule,
  chain: whyChain,
  service: whyService,
  pod: whyPod,
  proxy: whyProxy,
  node: whyNode,
  mode: whySize,
  crowd: whyCrowd,
  deployment: whyDeployment,
  endpoint: whyEndpoint,
};

/** "Why?" for everything that picture, tables and log name; of what is gone, the log still knows how. */
export function explain(state: State, subject: string): Explanation | undefined {
  const [kind = ''] = subject.split(':', 1);
  const answer = Object.hasOwn(explainers, kind) ? explainers[kind]?.(state, subject.slice(kind.length + 1)) : undefined;
  const last = state.entries.findLast((entry) => entry.subject === subject && entry.by !== 'start');
  if (answer !== undefined) return last === undefined ? answer : { ...answer, cause: last.id };
  return last === undefined ? undefined : { title: last.text, because: 'It is not there any more.', cause: last.id };
}
