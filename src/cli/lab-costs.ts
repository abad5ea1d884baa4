import { globSync } from 'node:fs';
import { gates, type Figure } from './gates.ts';
import { dynamicImports, withImports, type Site } from './site-files.ts';

/** Scripts of a lab bear its name: `_astro/lab-dns-search-view.Cw8QC5VT.js` (see `chunkFileNames` in astro.config.mjs). */
const labScript = /^_astro\/lab-(.+)-(lab|read|view)\.[\w-]+\.js$/;

/** What each lab fetches on intent to run, and what its first edit fetches on top. */
export function labCosts(site: Site): readonly Figure[] {
  const scripts = globSync('_astro/*.js', { cwd: site.outDir });
  const ids = [...new Set(scripts.flatMap((file) => labScript.exec(file)?.[1] ?? []))]
    // A lab in the making has scripts and no page yet.
    .filter((id) => site.fileOf(`labs/${id}/index.html`, 'index.html') !== undefined)
    .sort();
  const ofLab = (id: string, part: string): readonly string[] =>
    scripts.filter((file) => labScript.exec(file)?.[1] === id && labScript.exec(file)?.[2] === part);
  const sum = (files: Iterable<string>): number => [...files].reduce((bytes, file) => bytes + site.bytes(file), 0);
  return ids.flatMap((id) => {
    const page = `labs/${id}/index.html`;
    const roots = [...site.text(page).matchAll(/<script\b[^>]*\ssrc="([^"]+)"/g)].flatMap((match) => site.fileOf(match[1] ?? '', page) ?? []);
    const atLoad = withImports(site, roots);
    // What the page can fetch later, apart from labs and the search: the player.
    const player = [...atLoad]
      .flatMap((file) => dynamicImports(site.text(file)).flatMap((address) => site.fileOf(address, file) ?? []))
      .filter((file) => !labScript.test(file) && !file.includes('/dialog.'));
    const run = [...withImports(site, [...player, ...ofLab(id, 'lab'), ...ofLab(id, 'view')])].filter((file) => !atLoad.has(file));
    const edit = [...withImports(site, ofLab(id, 'read'))].filter((file) => !atLoad.has(file) && !run.includes(file));
    return [
      { name: `lab ${id}: to run`, bytes: sum(run), max: gates.labRun },
      { name: `lab ${id}: first edit`, bytes: sum(edit), max: gates.labEdit },
    ];
  });
}
