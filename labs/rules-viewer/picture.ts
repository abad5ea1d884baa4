import type { ShownBlock, ShownLine } from './outlook.ts';

export interface DrawnLine {
  readonly line: ShownLine;
  readonly subject: string;
  /** What comes behind a jump, drawn below the line that jumps there first. */
  readonly blocks: readonly DrawnBlock[];
  /** It leads to a chain that is drawn already. */
  readonly isAbove: boolean;
}

export interface DrawnBlock {
  readonly block: ShownBlock;
  readonly lines: readonly DrawnLine[];
}

export interface Picture {
  /** Blocks that all Services share and that speak of the shown one, with all that follows from there. */
  readonly roots: readonly DrawnBlock[];
  /** Chains of the Service that no rule leads to. */
  readonly apart: readonly DrawnBlock[];
  /** Chains for marked packets, behind all others. */
  readonly behind: readonly DrawnBlock[];
}

/** What leads to endpoints first, then what refuses, then mere lists. */
function rankOf({ kind, table, name }: ShownBlock): number {
  if (kind === 'set') return 2;
  return table === 'filter' || name.startsWith('@no-endpoint') ? 1 : 0;
}

/** What is drawn of the rules: those of one Service, from the doors to the endpoints. */
export function pictureOf(blocks: readonly ShownBlock[]): Picture {
  const seen = new Set<string>();
  const drawnLine = (block: ShownBlock, line: ShownLine): DrawnLine => {
    const targets = [line.to, ...(line.choices ?? []).map(({ to }) => to)].filter((to) => to !== undefined);
    const own = blocks.filter(({ id, role }) => role === 'own' && targets.includes(id));
    const fresh = own.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    return { line, subject: `rule:${block.id}#${String(line.index)}`, blocks: fresh.map(drawnBlock), isAbove: own.length > fresh.length };
  };
  const drawnBlock = (block: ShownBlock): DrawnBlock => ({ block, lines: block.lines.map((line) => drawnLine(block, line)) });
  const doors = blocks.filter(({ role }) => role === 'door').toSorted((one, other) => rankOf(one) - rankOf(other));
  const roots = doors.map(drawnBlock);
  const left = blocks.filter(({ id, role, kind }) => role === 'own' && kind === 'chain' && !seen.has(id));
  for (const { id } of left) seen.add(id);
  return { roots, apart: left.map(drawnBlock), behind: blocks.filter(({ role }) => role === 'behind').map(drawnBlock) };
}
