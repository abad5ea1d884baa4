import { describe, expect, test } from 'vitest';
import { engine, readEngine } from './engine-readme.ts';

const readme = `# The engine

A cluster as plain values.

| part | models | checked by |
| --- | --- | --- |
| \`loop/\` | the clock | its own tests |
| \`store/\` | storage of \`objects\` | recordings |

## The loop

How the code is laid out.

Modelled, as recorded on Linux 6.18: time and \`ticks\`.

Not modelled: races.

## The store

Modelled:

- create
- delete

## Only code

Nothing for readers.
`;

describe('what the page says of the engine', () => {
  const { parts, sections } = readEngine(readme);

  test('has what each part models and what it was compared with', () => {
    expect(parts).toEqual([
      { models: 'the clock', checkedBy: 'its own tests' },
      { models: 'storage of `objects`', checkedBy: 'recordings' },
    ]);
  });

  test('keeps statements, with lists that belong to them, and leaves out how the code is laid out', () => {
    expect(sections).toEqual([
      {
        title: 'The loop',
        statements: [
          { label: 'Modelled, as recorded on Linux 6.18', html: '<p>time and <code>ticks</code>.</p>' },
          { label: 'Not modelled', html: '<p>races.</p>' },
        ],
      },
      { title: 'The store', statements: [{ label: 'Modelled', html: '<ul>\n<li>create</li>\n<li>delete</li>\n</ul>' }] },
    ]);
  });

  test('refuses a text that says nothing', () => {
    expect(() => readEngine('# The engine\n')).toThrow(/expected a table of parts/);
  });

  test('of our engine names what is not modelled in every section', () => {
    expect(engine.sections.length).toBeGreaterThanOrEqual(8);
    for (const { title, statements } of engine.sections) expect(statements.map(({ label }) => label).join(), title).toContain('Not modelled');
  });

  test('of our engine has no file, folder or function of the code in a sentence', () => {
    const code = /labs\/|\.ts\b|<code>\w+\/<\/code>|\bhanded in\b|<code>(?:write|review|reconcile|hidden)<\/code>/u;
    const said = [
      ...engine.sections.flatMap(({ statements }) => statements.map(({ html }) => html)),
      ...engine.parts.flatMap(({ models, checkedBy }) => [models, checkedBy]),
    ];
    expect(said.filter((words) => code.test(words))).toEqual([]);
  });
});
