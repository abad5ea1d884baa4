import type { Explanation } from '../lab.ts';
import type { State } from './state.ts';
import type { Explained } from './subjects.ts';
import { whyGone } from './why-gone.ts';
import { sentence } from './words.ts';

function whyQuery({ queries, outlook }: State, index: number): Explained | undefined {
  const query = queries[index];
  const answer = outlook.answers[index];
  if (query === undefined || answer === undefined) return undefined;
  const { words, why, rule, labels } = answer;
  const [because = '', ...more] = why;
  const read = labels.map(({ text, role, verdict }) => `${text} (${[role, verdict].filter(Boolean).join(', ')})`);
  return {
    title: `${query.type} of ${query.name}: ${words}`,
    because: sentence(because),
    steps: [...more.map(sentence), `Read from the right: ${read.reverse().join(', ')}.`, `Rule: ${rule}.`],
  };
}

function whyName(state: State, name: string): Explained | undefined {
  const { records, recordsTotal, groups } = state.outlook;
  const found = records.filter((record) => record.name === name);
  const [first] = found;
  if (first !== undefined) {
    const made = `Made from ${first.from}, by the rule ${first.rule}.`;
    const cut = recordsTotal > records.length ? ['There are too many records here to list them all.'] : [];
    return {
      title: name,
      because: sentence(first.because),
      steps: [...found.map(({ type, data, ttlSeconds }) => `${type} ${data}, to be kept for ${ttlSeconds} s.`), ...cut, made],
    };
  }
  const row = groups.flatMap(({ rows }) => rows).find((each) => each.name.toLowerCase() === name);
  const gone = state.gone.find((record) => record.name === name);
  const because = row?.because ?? (gone === undefined ? undefined : whyGone(state, gone.from));
  return because === undefined ? undefined : { title: `${name} does not exist`, because: sentence(because) };
}

function whyCorefile({ corefile }: State): Explained {
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

const verdicts = {
  found: 'Found.',
  missing: 'Here the reading ends: there is no such thing.',
  'not looked at': 'Not looked at, since a part to the right of it is missing.',
};

function whyLabel({ outlook, shown }: State, index: number): Explained | undefined {
  const label = outlook.answers[shown]?.labels[index];
  return label && { title: label.text, because: `${label.role === '' ? '' : `Read as ${label.role}. `}${verdicts[label.verdict]}` };
}

const explainers: Readonly<Record<string, (state: State, key: string) => Explained | undefined>> = {
  query: (state, key) => whyQuery(state, Number(key)),
  name: (state, key) => whyName(state, key.toLowerCase()),
  label: (state, key) => whyLabel(state, Number(key)),
  corefile: whyCorefile,
};

function explained(state: State, subject: string): Explained | undefined {
  const [kind = ''] = subject.split(':', 1);
  if (Object.hasOwn(explainers, kind)) return explainers[kind]?.(state, subject.slice(kind.length + 1));
  const { explanations } = state.outlook;
  return Object.hasOwn(explanations, subject) ? explanations[subject] : undefined;
}

/** "Why?" for everything that picture, tables and log name; of what is gone, the log still knows how. */
export function explain(state: State, subject: string): Explanation | undefined {
  const answer = explained(state, subject);
  const last = state.entries.findLast((entry) => entry.subject === subject && entry.by !== 'start');
  if (answer !== undefined) return last === undefined ? answer : { ...answer, cause: last.id };
  return last === undefined
    ? undefined
    : { title: last.text, because: last.because === undefined ? 'It is not there any more.' : sentence(last.because), cause: last.id };
}
