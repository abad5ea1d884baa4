/** A flow as recorded or as the model gives it. */
interface Flow {
  readonly mode: string;
  readonly result: Fields;
  readonly hops: readonly object[];
  readonly conntrack: Readonly<Record<string, readonly object[]>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A flow in a form in which chance, timing and what the recorder did not capture make no difference:
 * - ports that are random get names in the order in which they appear; conversations are a set;
 * - what the model tells beyond frames and rules that matched is left out, and so are visits in which no rule matched, and tunnels’ POSTROUTING (the trace has neither);
 * - ARP is a list of its own, without how often it was sent; left out are frames on lo with the rules that saw packets for lo (the recorder’s trace skipped those), and rules that saw a TCP reset;
 * - after a DNAT on one bridge the frame may appear on the bridge’s own device (a ready hardware header decides);
 * - a bridge’s own frame carries the time stamp of its port, so that it may stand before or after PREROUTING;
 * - pieces of one packet interleave as chance has it: then each interface is compared by itself.
 */
export function comparableFlow(
  flow: Flow,
  randomPorts: readonly number[],
): { readonly result: unknown; readonly hops: unknown; readonly arp: unknown; readonly conntrack: unknown } {
  const named = new Map<string, string>();
  const maskText = (text: string) =>
    text.replaceAll(/(?<=\d:)\d+/gu, (port) => {
      if (!randomPorts.includes(Number(port))) return port;
      const name = named.get(port) ?? `random${named.size + 1}`;
      named.set(port, name);
      return name;
    });
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return maskText(value);
    if (Array.isArray(value)) return value.map((each) => mask(each));
    return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, mask(held)])) : value;
  };
  const shown = shownHops(flow.hops.filter(isFields).filter((hop) => isRecorded(hop))).map((hop) => comparableHop(hop, flow.mode));
  const hops = mask(shown.some((hop) => 'frag' in hop) ? grouped(shown) : shown);
  const conntrack = Object.fromEntries(
    Object.entries(flow.conntrack).flatMap(([node, entries]) =>
      entries.length > 0 ? [[node, (mask(entries) as object[]).map((each) => JSON.stringify(each)).sort()]] : [],
    ),
  );
  return { result: mask(flow.result), hops, arp: arpOf(flow.hops.filter(isFields)), conntrack };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecorded({ type, rules, isTunnel }: Fields): boolean {
  return type === 'packet' || type === 'arp' || (type === 'netfilter' && isTunnel !== true && Array.isArray(rules) && rules.length > 0);
}

/** What the model says beyond the recording, and numbers of hops. */
const unrecorded = new Set(['n', 'packet', 'beganOnLoopback', 'leg', 'tried', 'after', 'verdict', 'tracking']);

function arpOf(hops: readonly Fields[]): readonly string[] {
  return hops.filter(({ type }) => type === 'arp').map(({ where, dir, smac, dmac, arp }) => [where, dir, smac, dmac, arp].map(String).join(' '));
}

function shownHops(all: readonly Fields[]): readonly Fields[] {
  const seen = all.filter((hop) => {
    if (hop.type === 'arp' || String(hop.where).endsWith('/lo')) return false;
    const { flags } = isFields(hop.packet) ? hop.packet : {};
    return hop.type !== 'netfilter' || !(hop.beganOnLoopback === true || hop.in === 'lo' || hop.out === 'lo' || String(flags).includes('RST'));
  });
  const kept = seen.filter((hop, index) => !isAfterBridgedRules(hop, seen[index - 1]));
  return kept.map((hop, index) => {
    if (isBridgedPair(hop, kept[index + 1])) return kept[index + 1]!;
    return isBridgedPair(kept[index - 1], hop) ? kept[index - 1]! : hop;
  });
}

/** A frame of the bridge’s own device right after rules that saw a bridged packet: PREROUTING from the bridge, or POSTROUTING of what came from nowhere. */
function isAfterBridgedRules(hop: Fields, before: Fields | undefined): boolean {
  if (hop.type !== 'packet' || hop.dir !== 'out' || before?.type !== 'netfilter') return false;
  const bridge = before.hook === 'PREROUTING' ? before.in : before.out;
  const isBridged = before.hook === 'PREROUTING' || (before.hook === 'POSTROUTING' && before.in === null && before.locallyGenerated !== true);
  return isBridged && hop.where === `${String(before.where)}/${String(bridge)}`;
}

function isBridgedPair(rules: Fields | undefined, frame: Fields | undefined): boolean {
  return rules?.hook === 'PREROUTING' && frame?.dir === 'in' && frame.where === `${String(rules.where)}/${String(rules.in)}`;
}

/** In nftables mode the texts of rules are soft: they get a name of their own. */
function comparableHop({ rules, ...fields }: Fields, mode: string): Fields {
  const hop = Object.fromEntries(Object.entries(fields).filter(([key]) => !unrecorded.has(key)));
  if (!Array.isArray(rules)) return hop;
  return mode.endsWith('nftables') ? { ...hop, nftRules: rules.filter(isFields).map((rule) => nftRuleOf(rule)) } : { ...hop, rules };
}

/** iptables' own rules are traced in nft's words there, which only kube-proxy's have in the model. */
function nftRuleOf({ table, chain, verdict, rule }: Fields): string {
  const isIptables = ['raw', 'mangle', 'nat', 'filter'].includes(String(table));
  const text = isIptables || rule === undefined ? [] : [rule];
  return [table, chain, verdict, ...text]
    .map(String)
    .join(' ')
    .replace(/ META MARK .*/u, '');
}

function grouped(hops: readonly Fields[]): readonly Fields[] {
  const key = (hop: Fields) => `${String(hop.where)} ${String(hop.dir)} ${String(hop.hook)}`;
  return hops.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
