import { globSync } from 'node:fs';
import { gates, labsOverTheirLimit, type Figure } from './gates.ts';
import { dynamicImports, withImports, type Site } from './site-files.ts';

/** Scripts of a lab bear its name: `_astro/lab-dns-search-view.Cw8QC5VT.js` (see `chunkFileNames` in astro.config.mjs). */
const labScript = /^_astro\/lab-(.+)-(lab|read|replay|view)\.[\w-]+\.js$/;
const playerScript = /\/wake\.[\w-]+\.js$/;
const insideScript = /\/inside\.[\w-]+\.js$/;
const yamlScript = /\/yaml\.[\w-]+\.js$/;

/** What a lab fetches for its first step, for the first act, and for the first edit, each on top of what is there by then. */
export function labCosts(site: Site): readonly Figure[] {
  const scripts = globSync('_astro/*.js', { cwd: site.outDir });
  const ids = [...new Set(scripts.flatMap((file) => labScript.exec(file)?.[1] ?? []))]
    // A lab in the making has scripts and no page yet.
    .filter((id) => site.fileOf(`labs/${id}/index.html`, 'index.html') !== undefined)
    .sort();
  return ids.flatMap((id) => costsOf(site, scripts, id));
}

function costsOf(site: Site, scripts: readonly string[], id: string): readonly Figure[] {
  const page = `labs/${id}/index.html`;
  const ofLab = (part: string): readonly string[] => scripts.filter((file) => labScript.exec(file)?.[1] === id && labScript.exec(file)?.[2] === part);
  const roots = [...site.text(page).matchAll(/<script\b[^>]*\ssrc="([^"]+)"/g)].flatMap((match) => site.fileOf(match[1] ?? '', page) ?? []);
  const atLoad = withImports(site, roots);
  const reach = (from: Iterable<string>, wanted: RegExp): readonly string[] =>
    [...from].flatMap((file) => dynamicImports(site.text(file)).flatMap((address) => site.fileOf(address, file) ?? [])).filter((file) => wanted.test(file));
  const player = reach(atLoad, playerScript);
  const there = new Set(atLoad);
  /** Bytes that these scripts add to what is there; afterwards they are there too. */
  const added = (files: readonly string[]): number => {
    const fresh = [...withImports(site, files)].filter((file) => !there.has(file));
    for (const file of fresh) there.add(file);
    return fresh.reduce((bytes, file) => bytes + site.bytes(file), 0);
  };

  const replay = ofLab('replay');
  const hasModels = replay.length > 0;
  const data = globSync(`labs/${id}/*.json`, { cwd: site.outDir }).map((file) => site.bytes(file));
  const figure = added([...player, ...(hasModels ? replay : ofLab('lab')), ...ofLab('view')]);
  const inside = added(reach(player, insideScript));
  const models = added(ofLab('lab'));
  const yaml = added(scripts.filter((file) => yamlScript.test(file)));
  const reading = added(ofLab('read'));
  const excess = labsOverTheirLimit[id];
  const run = excess ?? (hasModels ? gates.labRunWithModels : gates.labRun);
  const over = excess === undefined ? '' : ', over 45';
  return [
    { name: `lab ${id}: to run in a chapter${over}`, bytes: figure + Math.max(0, ...data), max: run },
    // Here the scenario stands in the page.
    { name: `lab ${id}: to run on its page${over}`, bytes: figure + inside, max: run },
    { name: `lab ${id}: first act`, bytes: models, max: gates.labAct },
    { name: `lab ${id}: first edit, YAML`, bytes: yaml, max: gates.yaml },
    { name: `lab ${id}: first edit, the rest`, bytes: reading, max: gates.labEdit },
  ];
}
