import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { describe, expect, test } from 'vitest';
import { chapterFolder, chapterFolders } from './chapter-folder.ts';
import { diagramDescription, diagramKey, diagramTitle, mermaidFences } from './diagram-key.ts';
import { diagrams } from './diagrams.ts';
import { headingAnchor, headingLinks } from './heading-links.ts';
import { tables } from './tables.ts';

const source = 'flowchart TD\n  accTitle: One "arrow"\n  accDescr: A leads to B.\n  A --> B\n';
const folder = mkdtempSync(path.join(tmpdir(), 'diagrams-'));
writeFileSync(path.join(folder, `${diagramKey(source)}.svg`), '<svg xmlns="http://www.w3.org/2000/svg"><text>{not.code}</text></svg>\n');
const compile = (mdx: string): string => mdxToJs(mdx, { mdastPlugins: [diagrams(pathToFileURL(`${folder}/`))] }).code;

describe('diagrams', () => {
  test('a fence becomes the committed picture, named for those who do not see it', () => {
    const code = compile(`\`\`\`mermaid\n${source}\`\`\`\n`);
    // Braces inside the picture stay text.
    expect(code).toMatch(/svg.*text.*"\{",\s*"not\.code",\s*"\}"/s);
    expect(code).not.toContain('-->');
    expect(code).toMatch(/Diagram: One/);
    expect(code).not.toContain('xmlns');
  });

  test.each([
    ['not drawn', source.replace('B', 'C'), /not drawn yet .*npm run diagrams/s],
    ['without a title', source.replace('accTitle', 'title'), /no accTitle/],
    ['without a description', source.replace('accDescr', 'descr'), /no accTitle or no accDescr/],
  ])('a diagram %s stops the build', (_, text, message) => {
    expect(() => compile(`\`\`\`mermaid\n${text}\`\`\`\n`)).toThrow(message);
  });

  test('other code is left alone', () => {
    expect(compile('```sh\nls\n```\n')).toContain('ls');
  });
});

test('the name of a picture depends on the text and not on the space around it', () => {
  expect(diagramKey(`\n${source}\n`)).toBe(diagramKey(source));
  expect(diagramKey(source)).not.toBe(diagramKey(source.replace('TD', 'LR')));
});

test('fences, titles and descriptions are found in a text', () => {
  const fences = mermaidFences(`a\n\`\`\`mermaid\n${source}\`\`\`\nb\n\`\`\`sh\nls\n\`\`\`\n`);
  expect(fences).toEqual([source]);
  expect([diagramTitle(source), diagramDescription(source)]).toEqual(['One "arrow"', 'A leads to B.']);
  expect(diagramTitle('flowchart TD\n  accTitle:\n  A --> B')).toBeUndefined();
});

describe('chapter folders', () => {
  const told = (mdx: string, file: string): string => mdxToJs(mdx, { mdastPlugins: [chapterFolders], fileURL: new URL(file) }).code;

  test('components that read files are told where their chapter lies', () => {
    const code = told(
      '<Manifest file="a.yaml" callouts={["x"]} />\n\n<Quiz />\n\n<Note title="t">n</Note>\n',
      'file:///site/content/05-networking/24-dns/index.mdx',
    );
    expect(code.match(/05-networking\/24-dns/g)).toHaveLength(2);
    expect(code).toContain('["x"]');
  });

  test('a text outside the chapters is left alone', () => {
    expect(told('<Quiz />\n', 'file:///site/src/pages/x.mdx')).not.toContain('folder');
    expect(chapterFolder(undefined)).toBeUndefined();
  });
});

describe('links of headings', () => {
  const compiled = (mdx: string): string => mdxToJs(mdx, { mdastPlugins: [headingLinks] }).code;

  test('the words of a section are a link to it, and nothing else is in its heading', () => {
    const code = compiled('## The `Corefile`, inside\n\n### A rule\n\n#### Small\n');
    expect(code).toMatch(/h2, \{\s*id: "the-corefile-inside",\s*children: \S*\(\S+\.a, \{\s*href: "#the-corefile-inside",\s*children: \[\s*"The "/);
    expect(code).toMatch(/h3, \{\s*id: "a-rule",\s*children: \S*\(\S+\.a, \{\s*href: "#a-rule",\s*children: "A rule"/);
    expect(code.match(/href:/g)).toHaveLength(2);
  });

  test('two headings of one anchor stop the build, in one text only', () => {
    expect(() => compiled('## The rule\n\n### The rule\n')).toThrow(/anchor "the-rule"/);
    expect(compiled('## The rule\n')).toContain('#the-rule');
  });

  test('anchors keep letters, digits and dashes', () => {
    expect(headingAnchor('resolv.conf, search and ndots')).toBe('resolvconf-search-and-ndots');
    expect(headingAnchor('Names without DNS: environment variables')).toBe('names-without-dns-environment-variables');
  });
});

test('a table scrolls in a box that the keyboard reaches, named by its head', () => {
  const { code } = mdxToJs('| name | `ndots` |\n| --- | --- |\n| a | b |\n', { mdastPlugins: [tables] });
  expect(code).toMatch(/\.div, \{\s*class(Name)?: "table"/);
  expect(code).toMatch(/tabindex: "?0"?/i);
  expect(code).toContain('Table: name, ndots');
});
