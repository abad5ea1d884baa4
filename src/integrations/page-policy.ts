import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const inline = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/g;
// A script of another type is data, and one with an address is covered by 'self'.
const isCode = (attributes: string): boolean =>
  !/\ssrc=/.test(attributes) && !/\stype=["']?(?:application\/(?:ld\+)?json|text\/plain|speculationrules)/.test(attributes);

/**
 * The page with only those hashes in its policy that something in it has. Astro writes the hashes of all pages, and of scripts of its own that no page of this
 * site uses, into each: about 350 bytes a page that no gzip can shorten.
 */
export function withOwnPolicy(html: string): string {
  const hashes = new Set(
    [...html.matchAll(inline)].flatMap(([, , attributes = '', text = '']) =>
      isCode(attributes) ? [`'sha256-${createHash('sha256').update(text).digest('base64')}'`] : [],
    ),
  );
  return html.replace(/<meta http-equiv="content-security-policy"[^>]*>/i, (meta) =>
    meta.replace(/ ('sha(?:256|384|512)-[\w+/=]+')/g, (all, hash: string) => (hashes.has(hash) ? all : '')),
  );
}

/** Gives each built page a policy of its own. */
export function pagePolicy(): AstroIntegration {
  return {
    name: 'page-policy',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        for (const name of globSync('**/*.html', { cwd: folder })) {
          const file = join(folder, name);
          writeFileSync(file, withOwnPolicy(readFileSync(file, 'utf8')));
        }
      },
    },
  };
}
