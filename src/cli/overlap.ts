/**
 * `node src/cli/overlap.ts FOLDER [--words 8]` lists runs of 8 or more equal words between content/ and the texts of a folder,
 * so that what an author read does not end up as what the author wrote. Exit 1 when there is one.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { overlapFinder } from './overlap-runs.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { words: { type: 'string', default: '8' } } });
const [folder] = positionals;
const wordsMin = Number(values.words);
if (folder === undefined || !Number.isInteger(wordsMin) || wordsMin < 2) {
  console.error('Usage: node src/cli/overlap.ts FOLDER [--words 8]');
  process.exit(2);
}
const read = (pattern: string, cwd: string): { readonly name: string; readonly text: string }[] =>
  globSync(pattern, { cwd }).map((name) => ({ name, text: readFileSync(path.join(cwd, name), 'utf8') }));
const sources = read('**/*.{md,mdx,txt}', folder);
if (sources.length === 0) {
  console.error(`No texts (.md, .mdx, .txt) in ${folder}.`);
  process.exit(2);
}
const find = overlapFinder(
  sources.map((source) => source.text),
  wordsMin,
);
const content = path.resolve(import.meta.dirname, '../../content');
let count = 0;
for (const { name, text } of read('**/*.{mdx,yaml}', content))
  for (const run of find(text)) {
    count++;
    console.log(`${name}:${run.line}: ${run.words}`);
  }
console.log(`${count} runs of ${wordsMin} or more words shared with ${sources.length} texts`);
process.exitCode = count > 0 ? 1 : 0;
