import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { indexedPage } from './search-lexicon.ts';
import { knownNames } from './search-names.ts';

const page = (url: string, kind: string, title: string) => ({ url, content: '', meta: { title }, filters: { kind: [kind] } });
const known = new Map([
  ['/glossary/pod/', { title: undefined, also: ['po', 'pods', 'Pod sandbox'] }],
  ['/errors/oom-killed/', { title: 'Killed by {name}', also: ['oom', 'out of memory', 'is killed by kernel', 'node memory cgroup limit'] }],
]);

describe('a page is known', () => {
  test.each([
    ['by its title and its other names, none twice', page('/glossary/pod/#main', 'Term', 'Pod'), { title: 'pod', also: ['po', 'pod sandbox'] }],
    [
      'as an error by its text with holes and its short names',
      page('/errors/oom-killed/#main', 'Error', 'Killed by …'),
      { title: 'killed by {name}', also: ['oom', 'out of memory', 'is killed by kernel'] },
    ],
    [
      'as a chapter by its address too',
      page('/pv-pvc/', 'Chapter', 'PersistentVolumes and claims'),
      { title: 'PersistentVolumes and claims', also: ['pv-pvc'] },
    ],
    ['with the capitals that part a word', page('/glossary/cluster-ip/#main', 'Term', 'ClusterIP'), { title: 'ClusterIP', also: [] }],
  ])('%s', (_name, fragment, names) => {
    expect(indexedPage('en_a', fragment, known).entry).toMatchObject(names);
  });

  test('as a sentence by no name', () => {
    expect(indexedPage('en_a', page('/often-said/x/#y', 'Often said', 'A pod is a container.'), known)).toEqual({
      id: 'en_a',
      kind: 'Often said',
      entry: undefined,
    });
  });
});

test('names are read by the path of their page; a list that is not there has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubestep-names-'));
  writeFileSync(join(folder, 'commands.yaml'), '- id: kubectl-logs\n  line: kubectl logs web\n  also: [log, 500]\n');
  expect([...knownNames(folder)]).toEqual([['/commands/kubectl-logs/', { title: 'kubectl logs', also: ['log', '500'] }]]);
  rmSync(folder, { recursive: true });
});
