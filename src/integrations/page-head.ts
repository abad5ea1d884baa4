import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { staticImports } from '../cli/site-files.ts';

const sheetLink = /<link rel="stylesheet" href="([^"]+)"\s*\/?>/g;
const moduleScript = /<script type="module" src="([^"]+)"><\/script>/g;
/** What Vite calls the one stylesheet of the whole site. */
const siteSheet = /^style\.[\w-]+\.css$/;
const onlyImport = /^\s*import\s*["']\.\/([\w.-]+\.js)["'];?\s*$/;

/** What a page needs to know of the built scripts: the text of the one with this name, if there is one. */
export type ScriptText = (name: string) => string | undefined;

const nameOf = (address: string): string => basename(address);
const besides = (address: string, name: string): string => address.slice(0, -nameOf(address).length) + name;

/** The script itself, where the named one does nothing but import it: a round trip less until it runs. */
export function withoutFacade(name: string, textOf: ScriptText): string {
  const inner = onlyImport.exec(textOf(name) ?? '')?.[1];
  return inner === undefined ? name : withoutFacade(inner, textOf);
}

/** All that a script imports at once, however deep; without itself. */
function importsOf(name: string, textOf: ScriptText): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const address of staticImports(textOf(next) ?? '')) {
      const imported = nameOf(address);
      if (imported === name || found.has(imported) || textOf(imported) === undefined) continue;
      found.add(imported);
      queue.push(imported);
    }
  }
  return found;
}

/**
 * The page with the stylesheet of the site before all others, with each stylesheet once, where it was first, and with its scripts by their own names. The site's
 * sheet is the largest, and over HTTP/1.1 only the first to be asked for has a connection waiting; a second copy of one that a lab brings along makes the browser
 * work out the style of the whole page again. A lab's sheet stays before its lab: what stands above is painted without it. What a script imports is named in the
 * head: found only when the script has come, it would cost a further round trip.
 */
export function withEarlyHead(html: string, textOf: ScriptText): string {
  const headEnd = html.indexOf('</head>');
  if (headEnd < 0) return html;
  const named = html.replace(moduleScript, (tag, address: string) => tag.replace(address, besides(address, withoutFacade(nameOf(address), textOf))));
  const scripts = [...named.matchAll(moduleScript)].map(([, address = '']) => address);
  const imports = new Set(scripts.flatMap((address) => [...importsOf(nameOf(address), textOf)].map((name) => besides(address, name))));
  for (const address of scripts) imports.delete(address);
  const early = [...imports].map((address) => `<link rel="modulepreload" href="${address}">`).join('');
  return withSheetsOnce(named).replace('</head>', () => `${early}</head>`);
}

/** Each sheet where it was first named, that of the site before all others. */
function withSheetsOnce(html: string): string {
  const tags = [...html.matchAll(sheetLink)];
  const ofSite = tags.find(([, address = '']) => siteSheet.test(nameOf(address)));
  const first = html.search(sheetLink);
  const seen = new Set<string>(ofSite === undefined ? [] : [ofSite[1] ?? '']);
  const once = html.replace(sheetLink, (tag, address: string) => {
    if (seen.has(address)) return '';
    seen.add(address);
    return tag;
  });
  return ofSite === undefined ? once : once.slice(0, first) + ofSite[0] + once.slice(first);
}

/** Lets each built page name at once what it fetches, and takes away scripts that nobody calls any more. */
export function pageHead(): AstroIntegration {
  return {
    name: 'page-head',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        const texts = new Map<string, string | undefined>();
        const textOf: ScriptText = (name) => {
          const file = join(folder, '_astro', name);
          if (!texts.has(name)) texts.set(name, existsSync(file) ? readFileSync(file, 'utf8') : undefined);
          return texts.get(name);
        };
        const called = new Set<string>();
        for (const page of globSync('**/*.html', { cwd: folder })) {
          const file = join(folder, page);
          const html = withEarlyHead(readFileSync(file, 'utf8'), textOf);
          for (const [, address = ''] of html.matchAll(moduleScript)) called.add(nameOf(address));
          writeFileSync(file, html);
        }
        const names = globSync('*.js', { cwd: join(folder, '_astro') });
        for (const facade of names.filter((name) => onlyImport.test(textOf(name) ?? '') && !called.has(name)))
          if (!names.some((name) => textOf(name)?.includes(facade))) rmSync(join(folder, '_astro', facade));
      },
    },
  };
}
