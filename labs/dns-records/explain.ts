import type { Explanation } from '../lab.ts';
import { answerOf } from './answer.ts';
import { isReady, worldOf } from './cluster.ts';
import { objectInWords } from './describe.ts';
import { groupsOf, whyGone } from './groups.ts';
import { keyOf, namespaceOf } from './input.ts';
import { readLabels, type ReadLabel } from './labels.ts';
import { whyNoName } from './reasons.ts';
import { kindInWords, wantedName } from './rows.ts';
import { shownQuery, type State } from './state.ts';
import { sentence } from './words.ts';

type Plain = Omit<Explanation, 'cause' | 'source'>;

/** The labels of a query. */
export function labelsOf(state: State, query = shownQuery(state)): readonly ReadLabel[] {
  return query === undefined ? [] : readLabels(worldOf(state).context, query.name, answerOf(state, query).rcode === 'NOERROR');
}

function whyQuery(state: State, index: number): Plain | undefined {
  const query = state.queries[index];
  if (query === undefined) return undefined;
  const { words, why, rule } = answerOf(state, query);
  const [because = '', ...more] = why;
  const read = labelsOf(state, query).map(({ text, role, verdict }) => `${text} (${[role, verdict].filter(Boolean).join(', ')})`);
  return {
    title: `${query.type} of ${query.name}: ${words}`,
    because: sentence(because),
    steps: [...more.map(sentence), `Read from the right: ${read.reverse().join(', ')}.`, `Rule: ${rule}.`],
  };
}

function whyName(state: State, name: string): Plain | undefined {
  const records = worldOf(state).recordsAt(name);
  const [first] = records;
  if (first !== undefined) {
    const made = `Made from ${objectInWords(first.from)}, by the rule ${first.rule}.`;
    return {
      title: name,
      because: sentence(first.because),
      steps: [...records.map(({ type, data, ttlSeconds }) => `${type} ${data}, to be kept for ${ttlSeconds} s.`), made],
    };
  }
  const row = groupsOf(state)
    .flatMap(({ rows }) => rows)
    .find((each) => each.name.toLowerCase() === name);
  const gone = state.gone.find((record) => record.name === name);
  const because = row?.because ?? (gone === undefined ? undefined : whyGone(state, gone.from));
  return because === undefined ? undefined : { title: `${name} does not exist`, because: sentence(because) };
}

function whyService(state: State, key: string): Plain | undefined {
  const service = state.cluster.services.find((each) => keyOf(each) === key);
  const [namespace = '', name = ''] = key.split('/');
  if (service === undefined) {
    const isWanted = state.cluster.pods.some(({ pod }) => namespaceOf(pod) === namespace && pod.spec.subdomain === name);
    return isWanted
      ? { title: `There is no Service ${name} in namespace ${namespace}`, because: 'Pods name it as their subdomain, and it does not exist.' }
      : undefined;
  }
  const { decisions, listed } = worldOf(state);
  const { none, pods = [] } = decisions.get(key) ?? {};
  const made = listed.filter(({ from }) => from.namespace === namespace && from.name === name && from.kind !== 'Pod').length;
  const why = none ?? (pods.length === 0 ? 'its selector matches no pod' : undefined);
  return {
    title: `Service ${name}, ${kindInWords(service)}`,
    because: why === undefined ? `Records made from it and its endpoints: ${made}.` : `Records made from it: ${made}. No EndpointSlice is made for it: ${why}.`,
    steps: pods.slice(0, 8).map(({ pod, outcome, because }) => `${pod}: ${outcome}, ${because}.`),
  };
}

function whyPod(state: State, key: string): Plain | undefined {
  const found = state.cluster.pods.find(({ pod }) => keyOf(pod) === key);
  if (found === undefined) return undefined;
  const { pod, owner } = found;
  const world = worldOf(state);
  const missing = whyNoName(world, found);
  const lists = [...world.decisions].flatMap(([service, { pods }]) => {
    const decided = service.startsWith(`${namespaceOf(pod)}/`) ? pods.find((each) => each.pod === pod.metadata.name) : undefined;
    return decided === undefined ? [] : [`In the EndpointSlice of Service ${service}: ${decided.outcome}, ${decided.because}.`];
  });
  return {
    title: `Pod ${pod.metadata.name}, ${isReady(pod) ? 'ready' : 'not ready'}`,
    because: missing === undefined ? `It has a name of its own, ${wantedName(state, pod) ?? ''}` : `It has no name of its own: ${missing.text}.`,
    steps: [...(owner === undefined ? [] : [`Made by ${owner}.`]), ...(lists.length === 0 ? ['No Service selects it.'] : lists)],
  };
}

function whyCorefile({ corefile }: State): Plain {
  const { pods, ttlSeconds, endpointPodNames, ignoreEmptyService, clusterDomain } = corefile;
  const about = {
    disabled: 'do not exist',
    insecure: 'are answered whether or not there is such a pod',
    verified: 'are answered if a pod of that namespace has the address',
  };
  return {
    title: 'The Corefile',
    because: `CoreDNS answers for ${clusterDomain} from what it reads through the API, and asks the resolvers of its node for the rest.`,
    steps: [
      `pods ${pods}: names below pod ${about[pods]}.`,
      `ttl ${ttlSeconds}: so many seconds may clients keep an answer; the cache plugin makes it 5 at least and 30 at most.`,
      `endpoint_pod_names ${endpointPodNames ? 'on' : 'off'}: endpoints without a hostname are called by their ${endpointPodNames ? 'pod' : 'address'}.`,
      `ignore empty_service ${ignoreEmptyService ? 'on' : 'off'}: a ClusterIP ${ignoreEmptyService ? 'without a ready pod has no record' : 'is answered even if no pod is ready'}.`,
    ],
  };
}

function whySlice(state: State, key: string): Plain | undefined {
  const slice = state.cluster.slices.find((each) => keyOf(each) === key);
  const service = slice?.metadata.labels?.['kubernetes.io/service-name'];
  return (
    slice && {
      title: `EndpointSlice ${slice.metadata.name}, written by hand`,
      because: `By its label it belongs to Service ${service ?? ''}, and no controller looks after it.`,
    }
  );
}

const verdicts = {
  found: 'Found.',
  missing: 'Here the reading ends: there is no such thing.',
  'not looked at': 'Not looked at, since a part to the right of it is missing.',
};

function whyLabel(state: State, index: number): Plain | undefined {
  const label = labelsOf(state)[index];
  return label && { title: label.text, because: `${label.role === '' ? '' : `Read as ${label.role}. `}${verdicts[label.verdict]}` };
}

const explainers: Readonly<Record<string, (state: State, key: string) => Plain | undefined>> = {
  query: (state, key) => whyQuery(state, Number(key)),
  name: (state, key) => whyName(state, key.toLowerCase()),
  label: (state, key) => whyLabel(state, Number(key)),
  service: whyService,
  pod: whyPod,
  slice: whySlice,
  corefile: whyCorefile,
};

/** "Why?" for everything that picture, tables and log name; of what is gone, the log still knows how. */
export function explain(state: State, subject: string): Explanation | undefined {
  const [kind = ''] = subject.split(':', 1);
  const explained = Object.hasOwn(explainers, kind) ? explainers[kind]?.(state, subject.slice(kind.length + 1)) : undefined;
  const last = state.entries.findLast((entry) => entry.subject === subject && entry.by !== 'start');
  if (explained !== undefined) return last === undefined ? explained : { ...explained, cause: last.id };
  return last === undefined
    ? undefined
    : { title: last.text, because: last.because === undefined ? 'It is not there any more.' : sentence(last.because), cause: last.id };
}
