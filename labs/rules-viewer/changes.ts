import type { Written, Block, Line } from './blocks.ts';

export interface BlockChange {
  readonly block: Block;
  readonly is: 'new' | 'gone' | 'changed' | 'same';
  /** Position of the lines that were not there before. */
  readonly added: ReadonlySet<number>;
  /** Lines that were there before. */
  readonly removed: readonly Line[];
  /** Both counted, with lines and blocks that stand for many. */
  readonly counts: { readonly touched: number; readonly added: number; readonly removed: number };
}

export interface Change {
  readonly blocks: ReadonlyMap<string, BlockChange>;
  /** Chains, maps and sets that were written, changed or deleted. */
  readonly touched: number;
  readonly added: number;
  readonly removed: number;
  /** Rules and elements that stayed as they were. */
  readonly untouched: number;
}

const weight = (lines: readonly Line[]): number => lines.reduce((sum, { times }) => sum + times, 0);

/** Lines in common, each as often as both have it. */
function compare(before: Block, after: Block): BlockChange {
  const left = new Map<string, number>();
  for (const { text, times } of before.lines) left.set(text, (left.get(text) ?? 0) + times);
  const added = new Set<number>();
  let more = 0;
  for (const [index, { text, times }] of after.lines.entries()) {
    const common = Math.min(times, left.get(text) ?? 0);
    left.set(text, (left.get(text) ?? 0) - common);
    if (common === 0 && times > 0) added.add(index);
    more += times - common;
  }
  const removed = before.lines.filter(({ text, times }) => times > 0 && (left.get(text) ?? 0) >= times);
  const fewer = [...left.values()].reduce((sum, times) => sum + times, 0);
  const [common, born, died] = [Math.min(before.times, after.times), Math.max(0, after.times - before.times), Math.max(0, before.times - after.times)];
  const counts = {
    touched: born + died + (more + fewer > 0 ? common : 0),
    added: common * more + born * weight(after.lines),
    removed: common * fewer + died * weight(before.lines),
  };
  return { block: after, is: more + fewer === 0 ? 'same' : 'changed', added, removed, counts };
}

/** What is different between two sets of rules. */
export function changeBetween(before: Written, after: Written): Change {
  const blocks = new Map<string, BlockChange>();
  for (const block of after.blocks) {
    const was = before.blockOf.get(block.id);
    const fresh = { touched: block.times, added: block.times * weight(block.lines), removed: 0 };
    blocks.set(block.id, was ? compare(was, block) : { block, is: 'new', added: new Set(block.lines.keys()), removed: [], counts: fresh });
  }
  for (const block of before.blocks) {
    if (after.blockOf.has(block.id)) continue;
    const counts = { touched: block.times, added: 0, removed: block.times * weight(block.lines) };
    blocks.set(block.id, { block, is: 'gone', added: new Set(), removed: block.lines, counts });
  }
  const sum = (of: keyof BlockChange['counts']): number => [...blocks.values()].reduce((total, { counts }) => total + counts[of], 0);
  const added = sum('added');
  const lines = after.blocks.reduce((total, block) => total + block.times * weight(block.lines), 0);
  return { blocks, touched: sum('touched'), added, removed: sum('removed'), untouched: lines - added };
}
