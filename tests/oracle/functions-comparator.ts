import type { Pod } from '../../labs/engine/api/types.ts';
import { podDns } from '../../labs/engine/kubelet/pod-dns.ts';
import { readYaml } from '../../labs/reading/read-yaml.ts';
import type { ComparedCase, Comparator } from './comparator.ts';
import { comparedNames, type RecordedNames } from './functions-names.ts';
import { comparedQuantities, type RecordedQuantities } from './functions-quantity.ts';
import { comparedNodeAffinity, comparedTaints, type RecordedNodeAffinity, type RecordedTaints } from './functions-scheduling.ts';
import { comparedSelectors, type RecordedSelectors } from './functions-selectors.ts';
import ignored from './ignored.json' with { type: 'json' };
import { comparedDurations } from './kubectl-durations.ts';
import { comparedPatches } from './functions-patch.ts';

interface RecordedPodDns {
  readonly pod: Pick<Pod, 'spec'>;
  readonly namespace: string;
  readonly clusterDNS: string;
  readonly clusterDomain: string;
  readonly hostResolvConf: string;
  readonly options: readonly string[];
}

interface RecordedYaml {
  readonly yaml: string;
  readonly json?: string;
}

type Outcome = Pick<ComparedCase, 'expected' | 'got'>;

function comparePodDns(recorded: RecordedPodDns): Outcome {
  const { pod, namespace, clusterDNS, clusterDomain, hostResolvConf } = recorded;
  const clusterDns = clusterDNS === '' ? [] : clusterDNS.split(',');
  const { servers, searches, options, events } = podDns({ pod, namespace, clusterDns, clusterDomain, hostResolvConf });
  const got = { servers, searches, options: options.toSorted(), ...(events.length === 0 ? {} : { events }) };
  // The kubelet keeps merged options in a Go map: their order is random on the real thing.
  return { expected: { ...recorded, options: recorded.options.toSorted() }, got };
}

function compareYaml(recorded: RecordedYaml): Outcome {
  const { documents, errors } = readYaml(recorded.yaml);
  const [document] = documents;
  const message = errors[0]?.kubectl;
  return {
    // The recorder wrote the value as a JSON text; what counts is the value.
    expected: { ...recorded, ...(recorded.json === undefined ? {} : { json: JSON.parse(recorded.json) as unknown }) },
    got: {
      ...(document === undefined ? {} : { json: document.value }),
      ...(document === undefined && message !== undefined ? { error: message } : {}),
      ...(message === undefined ? {} : { strictError: message }),
    },
  };
}

/** The tables of `functions.json`, each in its own shape. */
interface Tables {
  readonly podDNS: readonly RecordedPodDns[];
  readonly yaml: readonly RecordedYaml[];
  readonly quantity: RecordedQuantities;
  readonly nameValidation: RecordedNames;
  readonly selectors: RecordedSelectors;
  readonly taints: RecordedTaints;
  readonly nodeAffinity: RecordedNodeAffinity;
  readonly patch: Parameters<typeof comparedPatches>[0];
  readonly humanDuration: Parameters<typeof comparedDurations>[0];
}

/** One table and the model that computes it. */
interface Model {
  readonly name: string;
  readonly compare: (content: Partial<Tables>) => readonly ComparedCase[];
}

function model<Name extends keyof Tables>(name: Name, compare: (recorded: Tables[Name]) => readonly ComparedCase[]): Model {
  return {
    name,
    compare: (content) => {
      const recorded = content[name];
      return recorded === undefined ? [] : compare(recorded);
    },
  };
}

const listed =
  <Recorded>(subject: string, compare: (recorded: Recorded) => Outcome) =>
  (recorded: readonly Recorded[]): readonly ComparedCase[] =>
    recorded.map((each, index) => ({ id: `${subject}/${index + 1}`, subject, ...compare(each) }));

const models: readonly Model[] = [
  model('podDNS', listed('podDNS', comparePodDns)),
  model('yaml', listed('yaml', compareYaml)),
  model('quantity', comparedQuantities),
  model('nameValidation', comparedNames),
  model('selectors', comparedSelectors),
  model('taints', comparedTaints),
  model('nodeAffinity', comparedNodeAffinity),
  model('patch', comparedPatches),
  model('humanDuration', comparedDurations),
];

/** What is no table, and tables that wait for their model, with the reason. */
const tablesWithoutModel: Readonly<Record<string, string>> = ignored.functions.tables;

const isTables = (content: unknown): content is Partial<Tables> =>
  typeof content === 'object' && content !== null && models.some(({ name }) => name in content);

/** A table that nobody has decided about must not go unnoticed. */
const undecided = (name: string): ComparedCase => ({
  id: name,
  subject: name,
  expected: { table: 'a model, or a reason in ignored.json' },
  got: {},
});

/** `functions.json`: tables of Kubernetes’ own functions. */
export const functionsComparator: Comparator = {
  shape: 'functions',
  recognises: isTables,
  compare: (content) => {
    if (!isTables(content)) return [];
    const known = new Set([...models.map(({ name }) => name), ...Object.keys(tablesWithoutModel)]);
    const unknown = Object.keys(content).filter((name) => !known.has(name));
    return [...models.flatMap(({ compare }) => compare(content)), ...unknown.map((name) => undecided(name))];
  },
};
