import type { Explanation } from '../lab.ts';
import { useOf, wayIn } from './describe.ts';
import { countOf, percent } from './log.ts';
import { sharesOf, testInWords } from './shares.ts';
import { choicesOf, connectionWord, counted, portOf, type State } from './state.ts';

const virtualIps = 'kubernetes.io: Virtual IPs and Service Proxies';
const trafficPolicies = 'kubernetes.io: Service, traffic policies';

/** The entry that a subject follows from: the last act that began a new count, or the start. */
function lastChange({ entries }: State): Pick<Explanation, 'cause'> {
  const found = entries.findLast(({ by, subject }) => by !== 'lab' || subject === 'scaling');
  return found ? { cause: found.id } : {};
}

function aboutPod(state: State, name: string): Explanation | undefined {
  const share = sharesOf(state).find(({ pod }) => pod.name === name);
  if (!share) return undefined;
  const { pod, requests, connections, expected, band } = share;
  const word = connectionWord(state);
  if (counted(state) === 0)
    return { title: name, because: `It is ${pod.isReady ? 'ready' : 'not ready'} on ${pod.node}. Nothing has been counted yet.`, ...lastChange(state) };
  const perNode = Object.entries(state.outlook.chances).flatMap(([node, byPod]) => {
    const entering = state.outlook.entries[node] ?? 0;
    return entering === 0 ? [] : [`${percent(entering)} of new ${word}s enter at ${node}; its rules give ${name} ${percent(byPod[name] ?? 0)} of them`];
  });
  const choices = choicesOf(state);
  return {
    title: `${name}: ${percent(share.share)} of the requests`,
    because: !pod.isReady
      ? `It is not ready, so no rule names it. ${requests > 0 ? 'What it still gets comes over connections from before.' : ''}`.trim()
      : connections === 0
        ? `No new ${word} was sent to it: ${choices === 0 ? `there was none to choose for` : `its chance is ${percent(expected)} of each`}.`
        : `It got ${countOf(connections, `new ${word}`)}, and with them ${countOf(requests, 'request')}.`,
    steps: [
      ...perNode,
      `together ${percent(expected)} of new ${word}s`,
      ...(choices > 0 ? [`after ${countOf(choices, 'free choice')}, 95 of 100 fair runs give it between ${percent(band.low)} and ${percent(band.high)}`] : []),
    ],
    ...lastChange(state),
    source: virtualIps,
  };
}

function aboutNode(state: State, name: string): Explanation | undefined {
  if (!state.input.cluster.nodes.some((node) => node.name === name)) return undefined;
  const enters = state.outlook.entries[name] ?? 0;
  const how = state.outlook.lost[name];
  const pods = state.pods.filter(({ node }) => node === name);
  const ready = pods.filter(({ isReady }) => isReady).length;
  const lost =
    how === 'dropped'
      ? ' Here they are dropped: the policy allows only pods of this node, and none is ready.'
      : how === 'refused'
        ? ' Here they are refused: no pod is ready.'
        : '';
  return {
    title: `${name}: ${countOf(pods.length, 'pod')}, ${String(ready)} ready`,
    because: `${percent(enters)} of new connections enter the cluster here, and the rules of this node choose for them.${lost}`,
    steps: counted(state) === 0 ? [] : (state.outlook.rules[name] ?? []),
    ...lastChange(state),
    source: trafficPolicies,
  };
}

const policyWords: Readonly<Record<string, string>> = {
  Cluster: 'all ready pods of the cluster stand in the rules of every node',
  Local: 'only ready pods of the node itself stand in its rules',
};

function aboutService(state: State): Explanation {
  const { spec } = state.input.service;
  const isInternet = state.input.traffic.from === 'internet';
  const [policyName, policy] = isInternet
    ? ['externalTrafficPolicy', spec.externalTrafficPolicy ?? 'Cluster']
    : ['internalTrafficPolicy', spec.internalTrafficPolicy ?? 'Cluster'];
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
  const affinity =
    spec.sessionAffinity === 'ClientIP'
      ? `sessionAffinity ClientIP: a node that saw a client’s address less than ${seconds.toLocaleString('en')} s ago sends its new connections to the same pod; no node tells another`
      : 'sessionAffinity None: each new connection is a new choice';
  const distribution = spec.trafficDistribution;
  return {
    title: `Service ${state.input.service.metadata.name}`,
    because: 'It is no program that hands out requests: it is a few fields, from which kube-proxy writes rules on every node.',
    steps: [
      `${policyName} ${policy}: ${policyWords[policy] ?? ''}`,
      affinity,
      distribution === undefined
        ? 'no trafficDistribution: near and far pods count the same'
        : `trafficDistribution ${distribution}: hints in the EndpointSlices, which a node follows if every ready pod has one and one is meant for it`,
    ],
    ...lastChange(state),
    source: trafficPolicies,
  };
}

function aboutRules(state: State): Explanation {
  const isIpvs = state.proxy.startsWith('ipvs');
  const node = Object.entries(state.outlook.entries).find(([, share]) => share > 0)?.[0] ?? '';
  return {
    title: `kube-proxy in mode ${state.proxy}`,
    because: isIpvs
      ? `IPVS schedules inside the kernel: ${state.proxy === 'ipvs rr' ? 'round robin goes through the list, one pod after the other' : 'least connection takes the pod with the fewest'}. Each node counts for itself. The mode is deprecated since v1.35.`
      : 'The first packet of a connection meets rules with a chance each. The choice is kept in the conntrack table; later packets follow it and ask no rule.',
    steps: counted(state) === 0 ? [] : (state.outlook.rules[node] ?? []),
    ...lastChange(state),
    source: virtualIps,
  };
}

function aboutTraffic(state: State): Explanation {
  const word = connectionWord(state);
  return {
    title: `${wayIn(state)}: ${useOf(state)}`,
    because: `A Service balances ${word}s. ${portOf(state).isUdp ? 'All datagrams of one socket are one flow, until it is silent for two minutes.' : 'All requests of one connection go to one pod: keep-alive, HTTP/2 and gRPC put many into one.'}`,
    ...lastChange(state),
    source: virtualIps,
  };
}

function aboutCount(state: State, title: string): Explanation {
  const choices = choicesOf(state);
  return {
    title,
    because: testInWords(state),
    steps: [
      'the count of fair choices strays by about its square root: ten times as many requests, a third of the relative distance',
      `what counts are free choices: ${countOf(choices, 'choice')} in ${countOf(counted(state), 'request')}`,
    ],
    ...lastChange(state),
  };
}

/** "Why?" for everything that can be pointed at. */
export function explain(state: State, subject: string): Explanation | undefined {
  const name = subject.slice(subject.indexOf(':') + 1);
  if (subject.startsWith('pod:')) return aboutPod(state, name);
  if (subject.startsWith('node:')) return aboutNode(state, name);
  switch (subject) {
    case 'service':
      return aboutService(state);
    case 'rules':
      return aboutRules(state);
    case 'traffic':
      return aboutTraffic(state);
    case 'scaling':
      return {
        title: 'The Deployment was scaled',
        because: 'New rules count for new connections. Those that are open follow their conntrack entries, so a new pod waits for somebody to connect.',
        ...lastChange(state),
        source: virtualIps,
      };
    case 'shares':
      return aboutCount(state, 'The shares');
    case 'test':
      return aboutCount(state, 'Chance, or something else?');
    case 'recent':
      return aboutCount(state, 'The last requests, one by one');
    case 'lost':
      return {
        title: 'Lost requests',
        because: 'At the node where they entered no usable pod was known. Dropped: nobody answers, the client waits. Refused: the client hears so at once.',
        steps: Object.entries(state.outlook.lost).map(([node, how]) => `${node}: ${how}`),
        ...lastChange(state),
        source: trafficPolicies,
      };
    default:
      return undefined;
  }
}
