import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dropped, renamed } from '../../src/reader/renamed.ts';
import { readChapters, type Chapter } from '../content/chapter.ts';
import { idsOf, readLabIds, readRegister, registerFile, registerText, untoldFaults, unwrittenFaults, type LabIds } from './kept-ids.ts';

const chapters = readChapters();
const labs = readLabIds();
const content = idsOf(chapters, labs);
const registered = readRegister();

test('of every id under which readers kept something is said what became of it', () => {
  expect(untoldFaults(content, registered, renamed, dropped)).toEqual([]);
});

test('every id of the content stands in the register, and no other', () => {
  expect(unwrittenFaults(content, registered)).toEqual([]);
  expect(readFileSync(path.resolve(import.meta.dirname, '../..', registerFile), 'utf8'), `Only "npm run kept-ids" writes ${registerFile}.`).toBe(
    registerText(content),
  );
});

/** The chapter in whose copy faults are planted: any will do. */
const [chapter] = chapters.filter(({ mdx }) => /<Manifest file="[^"]+" lab=/u.test(mdx));
const [lab] = labs;
if (!chapter || !lab) throw new Error('There is no content.');

const ofChapter = (change: Partial<Chapter>): typeof content =>
  idsOf(
    chapters.map((each) => (each === chapter ? { ...chapter, ...change } : each)),
    labs,
  );
const ofLab = (change: Partial<LabIds>): typeof content =>
  idsOf(
    chapters,
    labs.map((each) => (each === lab ? { ...lab, ...change } : each)),
  );
/** The text with other words where it has the first of these. */
const worded = (old: RegExp, by: string): typeof content => {
  expect(chapter.mdx).toMatch(old);
  return ofChapter({ mdx: chapter.mdx.replace(old, by) });
};

describe('a planted rename is found, and told, it holds', () => {
  const [question, ...questions] = chapter.quiz;
  const [, ...scenarios] = lab.scenarios;
  const [, ...parts] = lab.parts;

  test.each([
    ['a question', question && ofChapter({ quiz: [{ ...question, id: 'planted' }, ...questions] }), `${chapter.slug}/planted`],
    ['a heading', worded(/^## .+$/mu, '## Planted'), `/${chapter.slug}/#planted`],
    ['a heading below it', worded(/^### .+$/mu, '### Planted'), `/${chapter.slug}/#planted`],
    ['the words of a card', worded(/<Card front="[^"]+"/u, '<Card front="Planted?"'), `${chapter.slug}/card/planted`],
    ['the id of a card', worded(/<Card front="/u, '<Card id="planted" front="'), `${chapter.slug}/card/planted`],
    [
      'a manifest that opens in a lab',
      worded(/<Manifest file="[^"]+" lab="[^"]+"/u, `<Manifest file="planted.yaml" lab="${lab.id}"`),
      `labs/${lab.id}/planted-yaml`,
    ],
    ['a scenario', ofLab({ scenarios: ['planted', ...scenarios] }), `labs/${lab.id}/planted`],
    ['a part', ofLab({ parts: ['planted', ...parts] }), `labs/${lab.id}#planted`],
  ])('%s', (_what, after = {}, to) => {
    const [there, before] = [after, content].map((register) => Object.values(register).flat());
    expect(there?.filter((id) => !before?.includes(id))).toEqual([to]);
    const gone = before?.filter((id) => !there?.includes(id));
    expect(gone).toHaveLength(1);
    const [from = ''] = gone ?? [];
    expect(untoldFaults(after, content, new Map(), [])).toEqual([expect.stringContaining(`['${from}', '${to}'] in "renamed", or '${from}' in "dropped"`)]);
    expect(unwrittenFaults(after, content)).toEqual([expect.stringContaining(`${to} is not yet in`), expect.stringContaining(`${from} is still in`)]);
    expect(untoldFaults(after, content, new Map([[from, to]]), [])).toEqual([]);
    expect(untoldFaults(after, content, new Map(), [from])).toEqual([]);
    // Years later, when the register holds the new id alone.
    expect(untoldFaults(after, after, new Map([[from, to]]), [])).toEqual([]);
  });
});

describe('what is said must be true', () => {
  const there = { dns: ['/dns/', '/dns/#a', 'dns/q', 'dns/card/c'], 'labs/x': ['labs/x#p', 'labs/x/s'] };

  test.each<[string, [string, string][], string[], RegExp]>([
    ['to where nothing is', [['/dns/#b', '/dns/#c']], [], /became \/dns\/#c, which is not there/u],
    ['of what is there', [['/dns/#a', '/dns/']], [], /cannot become/u],
    ['of an id in use again', [['/dns/#a', '/dns/#a']], [], /is there again/u],
    ['dropped and there', [], ['dns/q'], /dns\/q is there again/u],
    ['a question that became a card', [['dns/r', 'dns/card/c']], [], /is a question and cannot become dns\/card\/c, a card/u],
    ['a part of another lab', [['labs/y#p', 'labs/x#p']], [], /is a part of labs\/y and cannot become/u],
    ['renamed and dropped', [['dns/r', 'dns/q']], ['dns/r'], /renamed and dropped/u],
  ])('%s', (_name, renames, gone, fault) => {
    expect(untoldFaults(there, there, new Map(renames), gone)[0]).toMatch(fault);
  });

  test('ids of another chapter or form are no excuse', () => {
    expect(untoldFaults(there, { dns: ['dns/gone'] }, new Map([['dns/gon', 'dns/q']]), ['pods/gone'])).toHaveLength(1);
  });
});
