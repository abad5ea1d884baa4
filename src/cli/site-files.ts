import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Built } from './arguments.ts';

/** A built site as files, named by their path below the folder. Each file is read and measured once. */
export interface Site {
  readonly outDir: string;
  /** The file that an address of a page leads to; undefined for other sites and for what is not there. */
  readonly fileOf: (address: string, from: string) => string | undefined;
  readonly text: (file: string) => string;
  /** Bytes after gzip -9, or as they are where hosts do not compress. */
  readonly bytes: (file: string) => number;
}

const compressed = /\.(?:html|css|js|json|svg|txt|xml)$/;

/** Opens a built site. */
export function openSite({ outDir, base }: Built): Site {
  const texts = new Map<string, string>();
  const sizes = new Map<string, number>();
  const text = (file: string): string => {
    const known = texts.get(file) ?? readFileSync(join(outDir, file), 'utf8');
    texts.set(file, known);
    return known;
  };
  return {
    outDir,
    text,
    fileOf: (address, from) => {
      if (/^(?:[a-z]+:|\/\/|#|data:)/i.test(address)) return undefined;
      const path = address.replace(/[?#].*$/, '');
      const file = path.startsWith('/') ? path.slice(path.startsWith(base) ? base.length : 1) : posix.join(posix.dirname(from), path);
      return file !== '' && existsSync(join(outDir, file)) ? file : undefined;
    },
    bytes: (file) => {
      const known =
        sizes.get(file) ?? (compressed.test(file) ? gzipSync(readFileSync(join(outDir, file)), { level: 9 }).length : readFileSync(join(outDir, file)).length);
      sizes.set(file, known);
      return known;
    },
  };
}

const withStatic = /(?:\bimport|\bexport)\s*(?:[\w$*{}\s,]+\s*from\s*)?["'`]([^"'`]+)["'`]/g;
const withDynamic = /\bimport\(\s*["'`]([^"'`]+)["'`]/g;

/** Addresses that a script imports at once, as the minifier writes them: `import{a}from"./b.js"`, `import"./b.js"`, `export*from"./b.js"`. */
export function staticImports(script: string): readonly string[] {
  return [...script.matchAll(withStatic)].flatMap((match) => match[1] ?? []);
}

/** Addresses that a script imports when it needs them: `import("./b.js")`. */
export function dynamicImports(script: string): readonly string[] {
  return [...script.matchAll(withDynamic)].flatMap((match) => match[1] ?? []);
}

/** The scripts and all that they import at once, each once. */
export function withImports(site: Site, scripts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...scripts];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const address of staticImports(site.text(file))) {
      const next = site.fileOf(address, file);
      if (next !== undefined) queue.push(next);
    }
  }
  return seen;
}
