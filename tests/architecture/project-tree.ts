import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tree } from './rules.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The files of the project as git knows them, new ones included. */
export function projectTree(): Tree {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'content', 'labs', 'src', 'tests'], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\n').filter((file) => /\.(?:ts|tsx|mts|mjs|astro|mdx|yaml|md)$/u.test(file) && existsSync(path.join(root, file)));
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}
