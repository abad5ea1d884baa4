import { describe, expect, test } from 'vitest';
import { readCommands } from './commands.ts';
import { entryById } from './entry-list.ts';
import { readErrorMessages } from './error-messages.ts';
import { readGlossary } from './glossary.ts';
import { readBeliefs, sourceName } from './often-said.ts';

const term = 'id: a\n  term: A\n  is: It is.\n  chapter: dns\n';
const command = 'id: kubectl-get\n  tool: kubectl\n  line: kubectl get pods\n  does: Lists.\n  when: Often.\n  chapter: dns\n';
const message = 'id: e\n  text: "no {name}"\n  example: no web\n  by: kubectl\n  means: M.\n  cause: C.\n  fix: F.\n  chapter: dns\n';
const belief = 'id: dns.tcp\n  said: S.\n  true: T.\n  since: always\n  chapter: dns\n  kind: removed\n  docs: https://example.org/\n';
const list = (...entries: readonly string[]): string => entries.map((entry) => `- ${entry}`).join('');

describe('a list that holds what it must', () => {
  test('is read, with whole addresses and empty lists where nothing is said', () => {
    expect(readGlossary(list(`${term}  docs: /docs/concepts/\n`))[0]).toMatchObject({ also: [], see: [], docs: 'https://kubernetes.io/docs/concepts/' });
    expect(readCommands(list(command))[0]).toMatchObject({ options: [], examples: [] });
    expect(readErrorMessages(list(message))[0]).toMatchObject({ look: [], also: [] });
    expect(readBeliefs(list(belief))[0]).toMatchObject({ id: 'dns.tcp', docs: 'https://example.org/' });
  });
});

describe('a fault is told with file, entry, field and what was expected', () => {
  test.each([
    ['no list', 'a: 1', readGlossary, /glossary\.yaml: expected a list/],
    ['a field too many', list(`${term}  colour: red\n`), readGlossary, /glossary\.yaml: "a", fields: .*colour/],
    ['a field too few', list('id: a\n  term: A\n  chapter: dns\n'), readGlossary, /glossary\.yaml: "a", is: .*expected string/],
    ['an id that is no address', list(term.replace('id: a', 'id: A b')), readGlossary, /"A b", id: expected small letters/],
    ['an entry without an id', list('term: A\n'), readGlossary, /glossary\.yaml: entry 1, id: /],
    ['a text that is too long', list(term.replace('It is.', 'x'.repeat(241))), readGlossary, /"a", is: expected at most 240 characters/],
    ['two entries with one id', list(term, term), readGlossary, /"a", id: two entries have it/],
    ['a chapter that is no slug', list(term.replace('dns', '24-DNS')), readGlossary, /"a", chapter: expected the slug/],
    ['a source that is no address', list(`${term}  docs: example.org\n`), readGlossary, /"a", docs: expected a path of kubernetes\.io/],
    [
      'a term that is not there',
      list(`${term}  see: [abc]\n`, term.replace('id: a', 'id: abd').replace('term: A', 'term: B')),
      readGlossary,
      /"a", see: there is no term "abc"\. Nearest: abd, a\./,
    ],
    ['a term that names itself', list(`${term}  see: [a]\n`), readGlossary, /"a", see: it names itself/],
    [
      'two terms with one name',
      list(term, `${term.replace('id: a', 'id: b').replace('term: A', 'term: B')}  also: [a]\n`),
      readGlossary,
      /"b", also: the name "a" belongs to "a" too/,
    ],
    ['an unknown tool', list(command.replace('tool: kubectl', 'tool: kubeclt')), readCommands, /commands\.yaml: "kubectl-get", tool: .*"kubectl"/],
    ['an option without words', list(`${command}  options: [{ flag: -w }]\n`), readCommands, /"kubectl-get", options\.0\.does: /],
    ['a lab that is no place', list(`${command}  lab: dns#s=1\n`), readCommands, /"kubectl-get", lab: expected a lab/],
    ['an unknown hole', list(message.replace('{name}', '{pod}')), readErrorMessages, /error-messages\.yaml: "e", text: expected the holes .* found \{pod\}/],
    ['holes without an instance', list(message.replace('  example: no web\n', '')), readErrorMessages, /"e", example: expected a real instance/],
    ['two messages with one text', list(message, message.replace('id: e', 'id: f')), readErrorMessages, /"f", text: "e" has the same text/],
    ['an unknown kind', list(belief.replace('removed', 'wrong')), readBeliefs, /often-said\.yaml: "dns\.tcp", kind: /],
  ] as const)('%s', (_, yaml, read, wanted) => {
    expect(() => read(yaml)).toThrow(wanted);
  });

  test('all faults of a list are told at once', () => {
    expect(() => readGlossary(list(term.replace('id: a', 'id: A'), term.replace('dns', '#')))).toThrow(/id: [\s\S]*chapter: /);
  });
});

test('an id that is not there is answered with the nearest', () => {
  const entries = readGlossary(list(term.replace('id: a', 'id: endpoint-slice'), term.replace('id: a', 'id: pod').replace('term: A', 'term: Pod')));
  expect(entryById(entries, 'pod', 'here').term).toBe('Pod');
  expect(() => entryById(entries, 'endpointslice', '<Term id="endpointslice">')).toThrow(
    /<Term id="endpointslice">: there is no entry .* Nearest: endpoint-slice, pod\./,
  );
});

test.each([
  ['https://kubernetes.io/docs/concepts/', 'Kubernetes documentation'],
  ['https://kubernetes.io/blog/2025/04/24/endpoints-deprecation/', 'Kubernetes blog'],
  ['https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/0752-endpointslices', 'KEP-0752'],
  ['https://github.com/etcd-io/etcd/releases', 'etcd-io/etcd'],
  ['https://www.rfc-editor.org/rfc/rfc1035', 'rfc-editor.org'],
])('the source %s is called %s', (address, name) => {
  expect(sourceName(address)).toBe(name);
});
