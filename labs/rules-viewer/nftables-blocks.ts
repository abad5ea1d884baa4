import { nftEndpointNames, nftPortNames } from '../engine/network/kube-proxy/nftables-chain-names.ts';
import { nftRuleText, verdictText } from '../engine/network/kube-proxy/nftables-rule-text.ts';
import type { NftElement, NftRule, NftTable, NftVerdict } from '../engine/network/kube-proxy/nftables-types.ts';
import type { PortTraffic } from '../engine/network/kube-proxy/port-traffic.ts';
import type { BlockContext } from './iptables-blocks.ts';
import { elementWords, nftAbout, nftRuleWords } from './nftables-words.ts';
import type { Block, Line, Choice } from './blocks.ts';

const serviceOf = ({ port }: PortTraffic): string => `${port.namespace}/${port.service}`;

/** The Service of each chain and set that one has for itself, and of each key in those that all share. */
function owners(traffic: readonly PortTraffic[]): { readonly blocks: ReadonlyMap<string, string>; readonly keys: ReadonlyMap<string, string> } {
  const blocks = traffic.flatMap((each): (readonly [string, string])[] => {
    const { cluster, local, external, firewall } = nftPortNames(each.port);
    const endpoints = each.reachable.flatMap((endpoint) => Object.values(nftEndpointNames(each.port, endpoint)));
    return [cluster, local, external, firewall, ...endpoints].map((name) => [name, serviceOf(each)]);
  });
  const keys = traffic.flatMap((each): (readonly [string, string])[] => {
    const { clusterIP, externalIPs, loadBalancerIPs, protocol, port, nodePort } = each.port;
    const addresses = [clusterIP, ...externalIPs, ...loadBalancerIPs];
    const endpoints = each.reachable.map((endpoint) => `${endpoint.address} ${endpoint.address} ${protocol} ${String(endpoint.port)}`);
    const all = [...addresses, ...addresses.map((address) => `${address} ${protocol} ${String(port)}`), ...endpoints];
    return [...all, ...(nodePort === undefined ? [] : [`${protocol} ${String(nodePort)}`])].map((key) => [key, serviceOf(each)]);
  });
  return { blocks: new Map(blocks), keys: new Map(keys) };
}

const chainOf = (verdict: NftVerdict): { readonly to: string } | undefined => (verdict.kind === 'drop' ? undefined : { to: `kube-proxy/${verdict.chain}` });

function choicesOf({ statements }: NftRule): readonly Choice[] | undefined {
  for (const statement of statements) {
    if (statement.kind === 'dnat at random') {
      const share = 1 / statement.to.length;
      return statement.to.map(({ address, port }) => ({ text: `${address} . ${String(port)}`, endpoint: `${address}:${String(port)}`, share }));
    }
    if (statement.kind === 'verdict at random') {
      const share = 1 / statement.verdicts.length;
      return statement.verdicts.map((verdict) => ({ text: verdictText(verdict), share, ...chainOf(verdict) }));
    }
  }
  return undefined;
}

function lineOf(table: NftTable, rule: NftRule, context: BlockContext): Line {
  const { statements } = rule;
  const verdict = statements.find((statement) => statement.kind === 'verdict')?.verdict;
  const map = statements.find((statement) => statement.kind === 'verdict map')?.map;
  const dnat = statements.find((statement) => statement.kind === 'dnat')?.to;
  const choices = choicesOf(rule);
  return {
    text: nftRuleText(rule),
    words: nftRuleWords(rule, { ...context, elementsOf: (name) => (table.sets.find((set) => set.name === name)?.elements ?? []).length }),
    ...(verdict && chainOf(verdict)),
    ...(map !== undefined && { to: `kube-proxy/@${map}` }),
    ...(dnat && { endpoint: `${dnat.address}:${String(dnat.port)}` }),
    ...(choices && { choices }),
    times: 1,
  };
}

const elementText = ({ key, comment }: NftElement, verdict?: NftVerdict): string =>
  `${key.join(' . ')}${comment === undefined ? '' : ` comment "${comment}"`}${verdict === undefined ? '' : ` : ${verdictText(verdict)}`}`;

/** All of the table, in the order in which nft lists it; names of maps and sets bear an @, as rules write them. */
export function nftablesBlocks(table: NftTable, context: BlockContext): readonly Block[] {
  const owner = owners(context.traffic);
  const { service: crowd, times } = context.crowd;
  const block = (kind: Block['kind'], name: string, lines: readonly Line[]): Block => {
    const service = owner.blocks.get(name);
    const shown = kind === 'chain' ? name : `@${name}`;
    const own = service === undefined ? {} : { service };
    return {
      id: `kube-proxy/${shown}`,
      table: table.name,
      name: shown,
      kind,
      about: nftAbout(kind, name),
      ...own,
      times: service === crowd ? times : 1,
      lines: lines.map((line) => ({ ...line, ...own })),
    };
  };
  const element = (map: string, given: NftElement, verdict?: NftVerdict): Line => {
    const service = owner.keys.get(given.key.join(' '));
    return {
      text: elementText(given, verdict),
      words: elementWords(map, given.key, verdict),
      ...(verdict && chainOf(verdict)),
      ...(service !== undefined && { service }),
      times: service === crowd ? times : 1,
    };
  };
  return [
    ...table.sets.map(({ name, elements }) =>
      block(
        'set',
        name,
        elements.map((each) => element(name, each)),
      ),
    ),
    ...table.maps.map(({ name, elements }) =>
      block(
        'map',
        name,
        elements.map((each) => element(name, each, each.verdict)),
      ),
    ),
    ...table.chains.map(({ name, rules }) =>
      block(
        'chain',
        name,
        rules.map((rule) => lineOf(table, rule, context)),
      ),
    ),
  ];
}
