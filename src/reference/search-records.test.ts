import { expect, test } from 'vitest';
import type { ChapterLink } from './places.ts';
import { referenceRecords } from './search-records.ts';

const chapter = { slug: 'dns', title: 'DNS', part: { slug: 'networking', title: 'Networking', number: 5 }, sections: [], anchors: [] };
const taught: ChapterLink = { chapter, anchor: undefined, section: undefined, path: '/dns/' };
const base = { chapter: 'dns', taught, shown: undefined };

test('each entry is a record with an address of its own and the words it is found by', () => {
  const records = referenceRecords({
    terms: [{ ...base, id: 'ttl', term: 'TTL', also: ['time to live'], is: 'How long an `A` record is kept.', see: [] }],
    commands: [{ ...base, id: 'dig', tool: 'dig', line: 'dig web', also: ['lookup'], does: 'Asks.', when: 'Often.', options: [], examples: [] }],
    errors: [
      { ...base, id: 'bad', text: "bad '{name}'", example: "bad 'db'", by: 'wget', means: 'No `A`.', cause: 'C.', fix: 'F.', look: [], also: ['bad name'] },
    ],
    beliefs: [{ ...base, id: 'dns.tcp', said: 'UDP only.', true: 'TCP too.', since: 'always', kind: 'never true', docs: 'https://example.org/' }],
    usedIn: new Map(),
  });
  expect(records).toEqual([
    {
      path: '/glossary/ttl/#main',
      kind: 'Term',
      title: 'TTL',
      place: 'DNS',
      summary: 'How long an A record is kept.',
      content: 'TTL. time to live. How long an A record is kept.',
    },
    { path: '/commands/dig/#main', kind: 'Command', title: 'dig', place: 'dig', summary: 'Asks.', content: 'dig web. lookup. Asks. Often.' },
    { path: '/errors/bad/#main', kind: 'Error', title: "bad '…'", place: 'wget', summary: 'No A.', content: "bad 'db'. bad name. No A." },
    {
      path: '/often-said/networking/#dns.tcp',
      kind: 'Often said',
      title: 'UDP only.',
      place: 'Networking',
      summary: 'TCP too.',
      content: 'UDP only. TCP too.',
    },
  ]);
});
