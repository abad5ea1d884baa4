import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { indexedPage } from './search-lexicon.ts';
import { knownNames } from './search-names.ts';

const page = (url: string, kind: string, title: string) => ({ url, content: '', meta: { title }, filters: { kind: [kind] } });
const known = new Map([
  ['/glossary/pod/', { title: undefined, also: ['po', 'pods', 'Pod sandbox'] }],
  ['/keyboard/', { title: undefined, also: ['shortcuts'] }],
  ['/errors/oom-killed/', { title: 'Killed by {name}', also: ['oom', 'out of memory', 'is killed by kernel', 'node memory cgroup limit'] }],
]);
const asked = new Map([
  ['/labs/dns-search/', ['order of search domains', 'name lookup']],
  ['/glossary/cluster-ip/', ['address inside the cluster']],
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
    ['as a page of the site by what readers call it', page('/keyboard/', 'Page', 'Keys'), { title: 'keys', also: ['shortcuts'] }],
    ['as a lab by what readers ask for too', page('/labs/dns-search/', 'Lab', 'Walker'), { also: ['dns-search', 'order of search domains', 'name lookup'] }],
    ['with the capitals that part a word', page('/glossary/cluster-ip/#main', 'Term', 'ClusterIP'), { title: 'ClusterIP', also: [] }],
  ])('%s', (_name, fragment, names) => {
    expect(indexedPage('en_a', fragment, known, asked).entry).toMatchObject(names);
  });

  test('as a sentence by no name', () => {
    expect(indexedPage('en_a', page('/often-said/x/#y', 'Often said', 'A pod is a container.'), known, asked)).toEqual({
      id: 'en_a',
      kind: 'Often said',
      entry: undefined,
    });
  });
});

test('names are read by the path of their page; a list that is not there has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubestep-names-'));
  writeFileSync(join(folder, 'commands.yaml'), '- id: kubectl-logs\n  line: kubectl logs web\n  also: [log, 500]\n');
  const names = knownNames(folder);
  expect(names.get('/commands/kubectl-logs/')).toEqual({ title: 'kubectl logs', also: ['log', '500'] });
  expect([...names.keys()].filter((path) => path.startsWith('/glossary/'))).toEqual(['/glossary/']);
  rmSync(folder, { recursive: true });
});
