import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attributeOf, findFirst, readTree, type PageNode } from '../markdown-twin/tree.ts';

/** A built site as files. */
export interface SiteFolder {
  readonly outDir: string;
  /** Path it was built for, with a slash at both ends. */
  readonly base: string;
  readonly has: (path: string) => boolean;
  /** The page at a path below the base, as a tree; read once. Throws when there is none. */
  readonly read: (path: string) => readonly PageNode[];
  readonly text: (file: string) => string;
}

/** Opens a built site. Throws a sentence that says what to run when there is none. */
export function openSite(outDir: string): SiteFolder {
  const fileOf = (path: string): string => join(outDir, path, 'index.html');
  if (!existsSync(fileOf(''))) throw new Error(`The book is made from the built site, and ${outDir}/ holds none. Run "npm run build" first.`);
  const known = new Map<string, readonly PageNode[]>();
  const read = (path: string): readonly PageNode[] => {
    const tree = known.get(path) ?? readTree(readFileSync(fileOf(path), 'utf8'));
    known.set(path, tree);
    return tree;
  };
  return {
    outDir,
    base: attributeOf(findFirst(read(''), 'html'), 'dataBase') ?? '/',
    has: (path) => existsSync(fileOf(path)),
    read,
    text: (file) => readFileSync(join(outDir, file), 'utf8'),
  };
}

const wholeSeconds = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');

function lastCommitMs(): number {
  try {
    return Date.parse(execFileSync('git', ['log', '-1', '--format=%cI', '--', 'content'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    return NaN;
  }
}

/**
 * When the text of the course last changed, RFC 3339: `SOURCE_DATE_EPOCH` (seconds, reproducible-builds.org) if it is set, else the last commit, else the
 * newest file where there is no history. Never the present moment: the same text makes the same book.
 */
export function textChanged(): string {
  const { SOURCE_DATE_EPOCH: told } = process.env;
  if (told !== undefined && /^\d+$/.test(told)) return wholeSeconds(Number(told) * 1000);
  const committed = lastCommitMs();
  if (!Number.isNaN(committed)) return wholeSeconds(committed);
  return wholeSeconds(Math.max(...globSync('content/**/*.{mdx,yaml}').map((file) => statSync(file).mtimeMs)));
}
