// npx node tests/search/run-gold.ts [--outDir dist] [--held] : what the search of a built site finds for the gold queries, and where it errs.
import { parseArgs } from 'node:util';
import { goldFigures, isHeld, openSearch, readGold, runGold, titleMisses } from './gold.ts';

const { values } = parseArgs({ options: { outDir: { type: 'string', default: 'dist' }, held: { type: 'boolean', default: false } } });
const queries = readGold();
const engine = await openSearch(values.outDir);
const results = await runGold(queries, engine);
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

for (const isShown of [false, true]) {
  const set = results.filter(({ query }) => isHeld(query) === isShown);
  const { queries: count, first, five } = goldFigures(set);
  console.log(`${isShown ? 'held back' : 'tuning'}: ${count} queries, right first ${percent(first)}, in five ${percent(five)}`);
  // Whoever tunes must not look at what the held queries find.
  if (isShown && !values.held) continue;
  for (const { query, wants, found, rank } of set) {
    if (wants.length === 0 ? found.length === 0 : rank === 1) continue;
    console.log(`  ${rank === 0 ? (wants.length === 0 ? 'found something' : 'NOT FOUND') : `rank ${rank}`}: ${query.slice(0, 90)}\n      ${found.join(' ')}`);
  }
}

const misses = await titleMisses(engine);
console.log(`titles that do not find themselves first: ${String(misses.length)}`);
for (const { title, found } of misses) console.log(`  ${title} -> ${found ?? 'nothing'}`);
