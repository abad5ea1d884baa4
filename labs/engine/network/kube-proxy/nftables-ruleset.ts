import { nftRuleText, verdictText } from './nftables-rule-text.ts';
import type { NftChain, NftElement, NftHook, NftMap, NftSet, NftTable } from './nftables-types.ts';

/** Sets that packets fill hold this many entries if nobody says how many. */
const dynamicSizeMax = 65_535;

/** Tables as `nft list ruleset` prints them. Models nftables 1.0. */
export function nftRuleset(tables: readonly NftTable[]): string {
  return tables.map((table) => `${tableLines(table).join('\n')}\n`).join('');
}

function tableLines({ family, name, comment, sets, maps, chains }: NftTable): readonly string[] {
  // The maps were made before the sets that affinity needs.
  const [fixed, affinity] = [
    sets.filter(({ timeoutSeconds }) => timeoutSeconds === undefined),
    sets.filter(({ timeoutSeconds }) => timeoutSeconds !== undefined),
  ];
  const blocks = [...fixed.map(setLines), ...maps.map(mapLines), ...affinity.map(setLines), ...chains.map(chainLines)];
  const body = blocks.flatMap((lines, index) => [...(index > 0 ? [''] : []), ...lines.map((line) => `\t${line}`)]);
  return [`table ${family} ${name} {`, `\tcomment "${comment}"`, ...body, '}'];
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return [`${head} {`, ...lines.map((line) => `\t${line}`), '}'];
}

const commentLines = (comment: string | undefined): readonly string[] => (comment === undefined ? [] : [`comment "${comment}"`]);

function setLines({ name, type, comment, timeoutSeconds, elements }: NftSet): readonly string[] {
  const dynamic = timeoutSeconds === undefined ? [] : [`size ${String(dynamicSizeMax)}`, 'flags dynamic,timeout', `timeout ${durationText(timeoutSeconds)}`];
  // Two IPv4 addresses go on a line; of all else, one.
  const onLine = type.length === 1 && type[0] === 'ipv4_addr' ? 2 : 1;
  return block(`set ${name}`, [`type ${type.join(' . ')}`, ...dynamic, ...commentLines(comment), ...elementLines(elements.map(keyText), onLine)]);
}

function mapLines({ name, type, comment, elements }: NftMap): readonly string[] {
  const texts = elements.map((element) => `${keyText(element)} : ${verdictText(element.verdict)}`);
  return block(`map ${name}`, [`type ${type.join(' . ')} : verdict`, ...commentLines(comment), ...elementLines(texts, 1)]);
}

const keyText = ({ key, comment }: NftElement): string => `${key.join(' . ')}${comment === undefined ? '' : ` comment "${comment}"`}`;

function elementLines(texts: readonly string[], onLine: number): readonly string[] {
  if (texts.length === 0) return [];
  const lines = Array.from({ length: Math.ceil(texts.length / onLine) }, (_, index) => texts.slice(index * onLine, (index + 1) * onLine).join(', '));
  return `elements = { ${lines.join(',\n\t     ')} }`.split('\n');
}

function chainLines({ name, hook, comment, rules }: NftChain): readonly string[] {
  const enters = hook === undefined ? [] : [`type ${hook.type} hook ${hook.hook} priority ${priorityText(hook)}; policy accept;`];
  return block(`chain ${name}`, [...enters, ...commentLines(comment), ...rules.map(nftRuleText)]);
}

/** Some priorities have names, some of them only at one hook; numbers near by are written from there. */
function priorityText({ hook, priority }: NftHook): string {
  const named = { filter: 0, ...(hook === 'prerouting' && { dstnat: -100 }), ...(hook === 'postrouting' && { srcnat: 100 }) };
  for (const [name, value] of Object.entries(named)) {
    const distance = priority - value;
    if (distance === 0) return name;
    if (Math.abs(distance) <= 10) return `${name} ${distance < 0 ? '-' : '+'} ${String(Math.abs(distance))}`;
  }
  return String(priority);
}

function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${String(count)}${unit}`])).join('');
}
