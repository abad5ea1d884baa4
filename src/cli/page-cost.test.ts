import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pageCost } from './page-cost.ts';
import { dynamicImports, openSite, staticImports } from './site-files.ts';

function siteOf(files: Readonly<Record<string, string>>, base = '/') {
  const outDir = mkdtempSync(join(tmpdir(), 'cost-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(outDir, name)), { recursive: true });
    writeFileSync(join(outDir, name), text);
  }
  return openSite({ outDir, base });
}
const packed = (text: string): number => gzipSync(text, { level: 9 }).length;

describe('imports of a minified script', () => {
  const script = 'import{a as b}from"./one.js";import"./two.js";export*from"./three.js";const c=()=>import(`./four.js`);import d,{e}from\'./five.js\'';
  test('those at once are followed', () => {
    expect(staticImports(script)).toEqual(['./one.js', './two.js', './three.js', './five.js']);
  });
  test('those on demand are told apart', () => {
    expect(dynamicImports(script)).toEqual(['./four.js']);
  });
});

describe('the cost of a page', () => {
  const one = 'import"./two.js";console.log(1)';
  const two = 'import"./one.js";const later=()=>import("./late.js")';
  const css = 'a{color:red}@font-face{src:url(/f.woff2)}';
  const html = '<link rel="stylesheet" href="/_astro/a.css"><script type="module" src="/_astro/one.js"></script><article data-reading="x">';
  const files = {
    'x/index.html': html,
    '_astro/a.css': css,
    '_astro/one.js': one,
    '_astro/two.js': two,
    '_astro/late.js': 'alert(1)'.repeat(99),
    'f.woff2': 'FONT',
  };

  test('scripts count with what they import, also in a circle; what loads later does not', () => {
    expect(pageCost(siteOf(files), 'x/index.html')).toEqual({
      html: packed(html),
      css: packed(css),
      js: packed(one) + packed(two),
      total: packed(html) + packed(css) + packed(one) + packed(two) + 'FONT'.length,
      isChapter: true,
    });
  });

  test('below a base the same files are found', () => {
    const below = { ...files, 'x/index.html': html.replaceAll('"/', '"/course/') };
    expect(pageCost(siteOf(below, '/course/'), 'x/index.html').js).toBe(packed(one) + packed(two));
  });

  test('a script in the page counts, and so does what it imports', () => {
    const page = '<script type="module">import"/_astro/one.js";</script>';
    expect(pageCost(siteOf({ ...files, 'index.html': page }), 'index.html').js).toBe(packed(one) + packed(two) + packed('import"/_astro/one.js";'));
  });

  test('data in a script tag is no script', () => {
    expect(pageCost(siteOf({ 'index.html': '<script type="application/json">{"a":1}</script>' }), 'index.html').js).toBe(0);
  });
});
