import { globSync } from 'node:fs';
import { gates, type Figure } from './gates.ts';
import { dynamicImports, withImports, type Site } from './site-files.ts';

/** Scripts of a lab bear its name: `_astro/lab-dns-search-view.Cw8QC5VT.js` (see `chunkFileNames` in astro.config.mjs). */
const labScript = /^_astro\/lab-(.+)-(lab|read|replay|telling|view)\.[\w-]+\.js$/;
const playerScript = /\/wake\.[\w-]+\.js$/;
const laterScript = /\/later\.[\w-]+\.js$/;
const insideScript = /\/inside\.[\w-]+\.js$/;
const engineCoreScript = /\/engine-core\.[\w-]+\.js$/;
const engineScript = /\/engine-[\w-]+\.[\w-]+\.js$/;
const yamlScript = /\/yaml\.[\w-]+\.js$/;

/** What the player costs in any lab; and what each lab fetches for its first step, for the first act, and for the first edit, each on top of what is there. */
export function labCosts(site: Site): readonly Figure[] {
  const scripts = globSync('_astro/*.js', { cwd: site.outDir });
  const ids = [...new Set(scripts.flatMap((file) => labScript.exec(file)?.[1] ?? []))]
    // A lab in the making has scripts and no page yet.
    .filter((id) => site.fileOf(`labs/${id}/index.html`, 'index.html') !== undefined)
    .sort();
  const [first] = ids;
  return first === undefined ? [] : [...playerCosts(site, first), ...engineCosts(site, scripts), ...ids.flatMap((id) => costsOf(site, scripts, id))];
}

/** The scripts of these that another one may load later. */
function reach(site: Site, from: Iterable<string>, wanted: RegExp): readonly string[] {
  return [...from]
    .flatMap((file) => dynamicImports(site.text(file)).flatMap((address) => site.fileOf(address, file) ?? []))
    .filter((file) => wanted.test(file));
}

function scriptsAtLoad(site: Site, page: string): ReadonlySet<string> {
  const roots = [...site.text(page).matchAll(/<script\b[^>]*\ssrc="([^"]+)"/g)].flatMap((match) => site.fileOf(match[1] ?? '', page) ?? []);
  return withImports(site, roots);
}

/** Counts scripts once: each call gives the bytes that these add to what is there; afterwards they are there too. */
function counter(site: Site, atLoad: Iterable<string>): (files: readonly string[]) => number {
  const there = new Set(atLoad);
  return (files) => {
    const fresh = [...withImports(site, files)].filter((file) => !there.has(file));
    for (const file of fresh) there.add(file);
    return fresh.reduce((bytes, file) => bytes + site.bytes(file), 0);
  };
}

function playerCosts(site: Site, id: string): readonly Figure[] {
  const atLoad = scriptsAtLoad(site, `labs/${id}/index.html`);
  const added = counter(site, atLoad);
  const player = reach(site, atLoad, playerScript);
  return [
    { name: 'all labs: the player, on intent', bytes: added(player), max: gates.labPlayer },
    { name: 'all labs: the player, when idle', bytes: added(reach(site, withImports(site, player), laterScript)), max: gates.labPlayerLater },
  ];
}

/** The cluster that labs share: what the API server is made of, and with all that acts in every cluster. Counted here and not again for each lab. */
function engineCosts(site: Site, scripts: readonly string[]): readonly Figure[] {
  const bytes = (wanted: RegExp): number => scripts.filter((file) => wanted.test(file)).reduce((sum, file) => sum + site.bytes(file), 0);
  return [
    { name: 'labs on a cluster: engine core', bytes: bytes(engineCoreScript), max: gates.engineCore },
    { name: 'labs on a cluster: engine, all', bytes: bytes(engineScript), max: gates.engineAll },
  ];
}

function costsOf(site: Site, scripts: readonly string[], id: string): readonly Figure[] {
  const page = `labs/${id}/index.html`;
  const ofLab = (part: string): readonly string[] => scripts.filter((file) => labScript.exec(file)?.[1] === id && labScript.exec(file)?.[2] === part);
  const atLoad = scriptsAtLoad(site, page);
  const player = reach(site, atLoad, playerScript);
  const added = counter(site, atLoad);

  const replay = ofLab('replay');
  const hasModels = replay.length > 0;
  const data = globSync(`labs/${id}/*.json`, { cwd: site.outDir }).map((file) => site.bytes(file));
  const script = ofLab('lab');
  const onCluster = [...withImports(site, script)].filter((file) => engineScript.test(file));
  // The engine has rows of its own.
  added(onCluster);
  const figure = added([...player, ...(hasModels ? replay : script), ...ofLab('view')]);
  const inside = added(reach(site, withImports(site, player), insideScript));
  const telling = ofLab('telling');
  const told = added(telling);
  const models = added(script);
  const yaml = added(scripts.filter((file) => yamlScript.test(file)));
  const reading = added(ofLab('read'));
  const run = hasModels || onCluster.length > 0 ? gates.labRunWithModels : gates.labRun;
  return [
    { name: `lab ${id}: to run in a chapter`, bytes: figure + Math.max(0, ...data), max: run },
    // Here the scenario stands in the page.
    { name: `lab ${id}: to run on its page`, bytes: figure + inside, max: run },
    ...(telling.length > 0 ? [{ name: `lab ${id}: what it says, when idle`, bytes: told, max: gates.labTelling }] : []),
    { name: `lab ${id}: first act`, bytes: models, max: gates.labAct },
    { name: `lab ${id}: first edit, YAML`, bytes: yaml, max: gates.yaml },
    { name: `lab ${id}: first edit, the rest`, bytes: reading, max: gates.labEdit },
  ];
}
