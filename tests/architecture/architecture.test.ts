import { describe, expect, test } from 'vitest';
import { projectTree } from './project-tree.ts';
import { violations } from './rules.ts';

test('the project keeps its arrows', () => {
  expect(violations(projectTree())).toEqual([]);
});

test('every lab is used by a chapter', () => {
  const tree = projectTree();
  const prose = [...tree]
    .filter(([file]) => file.endsWith('.mdx'))
    .map(([, text]) => text)
    .join('\n');
  const labs = [...tree.keys()].map((file) => /^labs\/([^/]+)\/lab\.ts$/u.exec(file)?.[1]).filter((lab) => lab !== undefined);
  expect(labs.filter((lab) => !prose.includes(`<Lab id="${lab}"`))).toEqual([]);
});

describe('a planted fault is found', () => {
  const lab: readonly [string, string][] = [
    ['labs/a/lab.ts', ''],
    ['labs/a/read.ts', ''],
    ['labs/a/view.tsx', ''],
    ['labs/a/scenarios/one.yaml', ''],
  ];
  test.each([
    { name: 'a lab imports another', file: 'labs/a/model.ts', text: "import { b } from '../b/lab.ts';", says: 'a lab may not import labs/b/lab.ts' },
    { name: 'a re-export counts', file: 'labs/engine/x.ts', text: "export * from '../kit/y.ts';", says: 'the engine may not import labs/kit/y.ts' },
    {
      name: 'the engine reads texts itself',
      file: 'labs/engine/x.ts',
      text: "import { readYaml } from '../reading/read-yaml.ts';",
      says: 'the engine may not import labs/reading/read-yaml.ts',
    },
    {
      name: 'a file named like a shared rule',
      file: 'labs/engine/x.ts',
      text: "import '../reading/quantity.ts.ts';",
      says: 'the engine may not import labs/reading/quantity.ts.ts',
    },
    { name: 'a bare import counts', file: 'labs/engine/x.ts', text: "import 'js-yaml';", says: 'the engine may not import js-yaml' },
    { name: 'a dynamic import counts', file: 'src/x.ts', text: "void import('../labs/a/lab.ts');", says: 'the site may not import labs/a/lab.ts' },
    { name: 'the contract imports', file: 'labs/lab.ts', text: "import type { X } from './reading/x.ts';", says: 'the contract may not import' },
    { name: 'chance in a model', file: 'labs/a/model.ts', text: 'export const roll = () => Math.random();', says: 'may not use Math.random' },
    { name: 'a clock in a model', file: 'labs/engine/x.ts', text: 'export const now = () => Date.now();', says: 'may not use Date.now' },
    { name: 'a file in a model', file: 'labs/reading/x.ts', text: "import { readFileSync } from 'node:fs';", says: 'the readers may not import node:fs' },
    { name: 'preact outside a view', file: 'labs/a/model.ts', text: "import { h } from 'preact';", says: 'a lab may not import preact' },
    { name: 'a drawer', file: 'src/utils/x.ts', text: '', says: 'name the file by what it is about' },
    { name: 'a program beside a chapter', file: 'content/a/b/x.ts', text: '', says: 'content holds .mdx, .yaml and recordings only' },
    { name: 'a recording in a chapter', file: 'content/a/b/x.json', text: '{}', says: 'content holds .mdx, .yaml and recordings only' },
    { name: 'prose with an import', file: 'content/a/index.mdx', text: "import X from './x.astro';", says: 'prose has no imports' },
    {
      name: 'an import in an .astro file',
      file: 'src/x.astro',
      text: "---\nimport lab from '../labs/a/lab.ts';\n---\n",
      says: 'the site may not import labs/a/lab.ts',
    },
  ])('$name', ({ file, text, says }) => {
    expect(violations(new Map([...lab, [file, text]])).join('\n')).toContain(says);
  });

  test.each([
    {
      name: 'a model in a replay',
      file: 'labs/a/replay.ts',
      text: "import { models } from './later.ts';",
      says: 'labs/a/replay.ts: it shows runs without models, yet loads labs/engine/x.ts',
    },
    {
      name: 'a model handed on by a view',
      file: 'labs/a/view.tsx',
      text: "export * from './later.ts';",
      says: 'labs/a/view.tsx: it shows runs without models, yet loads labs/engine/x.ts',
    },
  ])('$name', ({ file, text, says }) => {
    const replay: readonly [string, string][] = [
      ['labs/a/replay.ts', ''],
      ['labs/a/later.ts', "import { x } from '../engine/x.ts';"],
      ['labs/engine/x.ts', ''],
    ];
    expect(violations(new Map([...lab, ...replay, [file, text]]))).toEqual([says]);
  });

  test('the type of a model, and a part to draw with, are no models', () => {
    const replay: readonly [string, string][] = [
      ['labs/a/replay.ts', "import type { X } from '../engine/x.ts';\nexport type { Y } from '../engine/x.ts';\nimport { Why } from '../kit/why.tsx';"],
      ['labs/kit/why.tsx', "import type { ComponentChildren } from 'preact';"],
      ['labs/engine/x.ts', ''],
    ];
    expect(violations(new Map([...lab, ...replay]))).toEqual([]);
  });

  test('the two rules for texts are open to the engine', () => {
    const text = "import '../reading/name-rules.ts';\nimport '../reading/quantity.ts';";
    expect(violations(new Map([...lab, ['labs/engine/x.ts', text]]))).toEqual([]);
  });

  test('a lab without a view', () => {
    expect(violations(new Map(lab.filter(([file]) => !file.endsWith('.tsx'))))).toEqual(['labs/a: view.tsx is missing']);
  });

  test('a comment or a text with a banned word is no fault', () => {
    expect(
      violations(
        new Map([...lab, ['labs/a/model.ts', "// not Math.random\nexport const text = 'the document of process';\nexport const x = { document: 1 };"]]),
      ),
    ).toEqual([]);
  });
});
