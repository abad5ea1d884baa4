// npm run budgets -- [--outDir dist] [--base /] : what each page of a built site costs, against the gates. Exit code 1 when a gate is broken.
import { globSync } from 'node:fs';
import { readBuilt } from './arguments.ts';
import { chapterGate, gates, otherGate, type Figure } from './gates.ts';
import { labCosts } from './lab-costs.ts';
import { pageCost } from './page-cost.ts';
import { searchCost } from './search-cost.ts';
import { openSite } from './site-files.ts';

const built = readBuilt(process.argv.slice(2));
const site = openSite(built);
const pages = globSync('**/*.html', { cwd: built.outDir }).sort();
if (pages.length === 0) {
  console.error(`Nothing is built in ${built.outDir}/. Run "npm run build" first.`);
  process.exit(1);
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const broken: string[] = [];
const judge = ({ name, bytes, max }: Figure): string => {
  const isOver = bytes > max;
  if (isOver) broken.push(`${name}: ${kilobytes(bytes)} kB, at most ${kilobytes(max)}`);
  return `${kilobytes(bytes)}${isOver ? '!' : ''}`;
};

console.log('kB, gzip -9'.padEnd(44) + 'HTML     CSS      JS   total  (limit)');
for (const page of pages) {
  const cost = pageCost(site, page);
  const gate = cost.isChapter ? chapterGate : otherGate;
  const columns = [
    judge({ name: `${page}: HTML`, bytes: cost.html, max: gate.html }),
    kilobytes(cost.css),
    judge({ name: `${page}: JavaScript before interaction`, bytes: cost.js, max: gates.scriptAtLoad }),
    judge({ name: `${page}: HTML, CSS, JS and fonts`, bytes: cost.total, max: gate.total }),
  ];
  console.log(page.padEnd(40) + columns.map((column) => column.padStart(8)).join('') + `  (${kilobytes(gate.html)} / ${kilobytes(gate.total)})`);
}

for (const figure of [...labCosts(site), ...(await searchCost(site))]) {
  console.log(figure.name.padEnd(40) + judge(figure).padStart(8) + `  (${kilobytes(figure.max)})`);
}

console.log(broken.length === 0 ? `All gates hold for ${pages.length} pages.` : `Broken gates:\n  ${broken.join('\n  ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
