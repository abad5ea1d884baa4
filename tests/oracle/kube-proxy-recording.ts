import type { ProxiedService, ProxiedSlice } from '../../labs/engine/network/kube-proxy/proxy-input.ts';

export interface RecordedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** What a real kube-proxy wrote for some objects, in both modes. */
export interface RecordedRules {
  readonly id: string;
  readonly node: string;
  readonly nodeIP: string;
  readonly clusterCIDR: string;
  readonly objects: readonly RecordedObject[];
  readonly iptablesSave: string;
  readonly nftRuleset: string;
}

export const servicesOf = ({ objects }: RecordedRules) => objects.filter(({ kind }) => kind === 'Service') as unknown as readonly ProxiedService[];
export const slicesOf = ({ objects }: RecordedRules) => objects.filter(({ kind }) => kind === 'EndpointSlice') as unknown as readonly ProxiedSlice[];

/** Every Service stands in these chains, in an order that differs from run to run. */
const sharedChains = ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-EXTERNAL-SERVICES', 'KUBE-PROXY-FIREWALL'];

type Rules = readonly string[] | Readonly<Record<string, true>>;

const asSet = (lines: readonly string[]): Rules => Object.fromEntries(lines.map((line) => [line, true]));

/** An iptables-save text by table and chain: rules in order, those of shared chains as a set. Without counters and without the chains that only show that rules are there. */
export function tablesOfSave(text: string): unknown {
  const tables: Record<string, Record<string, { policy: string; rules: string[] }>> = {};
  let table: (typeof tables)[string] = {};
  for (const line of text.split('\n')) {
    const [, name] = /^\*(\S+)$/.exec(line) ?? [];
    if (name !== undefined) tables[name] = table = {};
    const [, chain, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (chain !== undefined && policy !== undefined && !chain.endsWith('-CANARY')) table[chain] = { policy, rules: [] };
    const [, of] = /^(?:\[\d+:\d+\] )?-A (\S+)/.exec(line) ?? [];
    if (of !== undefined) table[of]?.rules.push(line.replace(/^\[\d+:\d+\] /, ''));
  }
  return mapValues(tables, (chains) =>
    mapValues(chains, ({ policy, rules }, chain) => ({ policy, rules: sharedChains.includes(chain) ? asSet(rules) : rules })),
  );
}

/** A listing of nft by table and block (`set x`, `map y`, `chain z`): lines in order, elements as a set. */
export function tablesOfRuleset(text: string): unknown {
  const tables: Record<string, Record<string, { lines: string[]; elements: Rules }>> = {};
  let table: (typeof tables)[string] = {};
  let block: (typeof table)[string] | undefined;
  // Elements go on over several lines.
  for (const line of text.replaceAll(/,\n\s+/g, ', ').split('\n')) {
    const [, tabs = '', words = ''] = /^(\t*)(.*)$/.exec(line) ?? [];
    if (tabs === '' && words.startsWith('table ')) tables[words] = table = {};
    else if (tabs === '\t' && words.endsWith(' {')) table[words] = block = { lines: [], elements: {} };
    else if (tabs === '\t' && words === '}') block = undefined;
    else if (tabs === '\t' && words !== '') table[words] = { lines: [], elements: {} };
    else if (words.startsWith('elements = ') && block) block.elements = asSet(words.replace(/^elements = \{ | \}$/g, '').split(', '));
    else if (words !== '' && words !== '}') block?.lines.push(words);
  }
  return tables;
}

function mapValues<From, To>(values: Readonly<Record<string, From>>, change: (value: From, key: string) => To): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}
