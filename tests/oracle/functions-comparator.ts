import type { Pod } from '../../labs/engine/api/types.ts';
import { podDns } from '../../labs/engine/kubelet/pod-dns.ts';
import { readYaml } from '../../labs/reading/read-yaml.ts';
import type { ComparedCase, Comparator } from './comparator.ts';

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

/** One table of `functions.json` and the model that computes it. */
type Table = (recorded: never) => { readonly expected: unknown; readonly got: unknown };

function comparePodDns(recorded: RecordedPodDns): ReturnType<Table> {
  const { pod, namespace, clusterDNS, clusterDomain, hostResolvConf } = recorded;
  const clusterDns = clusterDNS === '' ? [] : clusterDNS.split(',');
  const { servers, searches, options, events } = podDns({ pod, namespace, clusterDns, clusterDomain, hostResolvConf });
  const got = { servers, searches, options: options.toSorted(), ...(events.length === 0 ? {} : { events }) };
  // The kubelet keeps merged options in a Go map: their order is random on the real thing.
  return { expected: { ...recorded, options: recorded.options.toSorted() }, got };
}

function compareYaml(recorded: RecordedYaml): ReturnType<Table> {
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

/** The tables of `functions.json` for which there is a model. */
const tables: Readonly<Record<string, Table>> = { podDNS: comparePodDns, yaml: compareYaml };

const isTables = (content: unknown): content is Readonly<Record<string, readonly never[]>> =>
  typeof content === 'object' && content !== null && Object.keys(tables).some((name) => Array.isArray((content as Record<string, unknown>)[name]));

/** `functions.json`: tables of Kubernetes’ own functions. Tables without a model are not compared. */
export const functionsComparator: Comparator = {
  shape: 'functions',
  recognises: isTables,
  compare: (content) => {
    if (!isTables(content)) return [];
    return Object.entries(tables).flatMap(([name, compare]) =>
      (content[name] ?? []).map((recorded, index): ComparedCase => ({ id: `${name}/${index + 1}`, subject: name, ...compare(recorded) })),
    );
  },
};
