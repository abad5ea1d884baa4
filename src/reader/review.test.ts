import { describe, expect, test } from 'vitest';
import type { Question } from '../components/chapter/quiz/quiz.ts';
import { cardId } from './card-id.ts';
import { questionCard, summaryCards } from './chapter-cards.ts';
import { nextDue, withCard } from './queue.ts';
import { afterCard, startRound, withoutCard } from './review-round.ts';
import { comingWords, dayWords } from './review-words.ts';

describe('a round', () => {
  test('a missed card comes again at the end, until it is known', () => {
    let round = startRound(['a', 'b', 'a']);
    const seen: (string | undefined)[] = [];
    for (const knew of [false, true, false, true]) {
      seen.push(round.waiting[0]);
      round = afterCard(round, knew);
    }
    expect(seen).toEqual(['a', 'b', 'a', 'a']);
    expect(round).toEqual({ waiting: [], total: 2 });
  });

  test('a card that is no more does not count', () => {
    expect(withoutCard(startRound(['a', 'b']), 'a')).toEqual({ waiting: ['b'], total: 1 });
    expect(withoutCard(startRound(['b']), 'a')).toEqual({ waiting: ['b'], total: 1 });
  });
});

describe('words', () => {
  const today = '2026-11-21';

  test.each([
    ['2026-11-21', 'today'],
    ['2026-11-22', 'tomorrow'],
    ['2026-11-24', 'on Tuesday, November 24'],
  ])('%s is %s', (day, words) => {
    expect(dayWords(day, today)).toBe(words);
  });

  test('what comes next is said, or how cards come to be', () => {
    const cards = { a: { step: 0, on: today }, b: { step: 0, on: today }, c: { step: 3, on: today } };
    expect(comingWords({ cards }, today)).toBe('Nothing is due. Next: 2 cards tomorrow.');
    expect(comingWords({ cards: {} }, today)).toMatch(/^No cards yet/);
    expect(nextDue({ cards: { c: cards.c } }, today)).toEqual({ day: '2026-12-05', count: 1 });
  });
});

test('a card can be put back as it was, or taken out', () => {
  const cards = { a: { step: 1, on: '2026-01-01' } };
  expect(withCard({ cards }, 'a', { step: 0, on: '2026-02-02' }).cards).toEqual({ a: { step: 0, on: '2026-02-02' } });
  expect(withCard({ cards }, 'a', undefined).cards).toEqual({});
});

describe('summary cards of a chapter', () => {
  const mdx = `Text.

<Cards>
  <Card front="What does \`ndots:5\` do?">It sets the *order*, see [DNS](/dns/) and <Term id="pod">a pod</Term>.</Card>
  <Card id="old" front="Second?">

Two

paragraphs.

  </Card>
</Cards>
`;

  test('keep their markup, links get the base, components leave their words', () => {
    expect(summaryCards(mdx, '/course/')).toEqual([
      {
        id: 'card/what-does-ndots-5-do',
        front: 'What does <code>ndots:5</code> do?',
        back: expect.stringMatching(/<em>order<\/em>, see <a href="\/course\/dns\/">DNS<\/a> and a pod\./) as string,
      },
      { id: 'card/old', front: 'Second?', back: expect.stringMatching(/<p>Two<\/p>\s*<p>paragraphs\.<\/p>/) as string },
    ]);
  });

  test.each([
    [
      'two of one id',
      mdx.replace('Second?', 'x').replace('id="old"', 'id="what-does-ndots-5-do"'),
      /Two summary cards have the id "card\/what-does-ndots-5-do"/,
    ],
    ['one without an answer', '<Card front="Why?"></Card>', /no answer: Why\?/],
    ['one without a question', '<Card>Because.</Card>', /no question: Because\./],
  ])('%s stops the build', (_name, text, message) => {
    expect(() => summaryCards(text, '/')).toThrow(message);
  });

  test('an id is made of the same words at build and in the page', () => {
    expect(cardId('What does ndots:5 do?')).toBe(cardId(' what does NDOTS:5 do '));
  });
});

describe('a question of the quiz as a card', () => {
  const question: Question = {
    id: 'q',
    kind: 'choice',
    covers: [],
    section: 's',
    prompt: 'Why `a`?',
    options: [
      { text: 'one <b>', right: false, why: 'no' },
      { text: 'two', right: true, why: 'because' },
    ],
  };

  test.each<[string, Partial<Question>, string, string]>([
    [
      'a choice shows all options, then the right one',
      {},
      'Why <code>a</code>?<ul><li>one &lt;b&gt;</li><li>two</li></ul>',
      '<ul><li><b>two</b><br>because</li></ul>',
    ],
    [
      'an order shows the steps mixed, then as they are',
      {
        kind: 'order',
        options: [
          { text: 'second', right: true, why: 'w2', place: 2 },
          { text: 'first', right: true, why: 'w1', place: 1 },
        ],
      },
      'Why <code>a</code>?<ul><li>second</li><li>first</li></ul>',
      '<ol><li><b>first</b><br>w1</li><li><b>second</b><br>w2</li></ol>',
    ],
  ])('%s', (_name, change, front, back) => {
    expect(questionCard({ ...question, ...change })).toEqual({ id: 'q', section: 's', front, back });
  });

  test('a typed answer has a field, and its example is shown as it is written', () => {
    const options = [{ text: '*.x `y`', right: true, why: 'because' }];
    const typed = { label: 'Name', lines: 1, judge: 'two-names' };
    expect(questionCard({ ...question, kind: 'input', options, typed, lab: { id: 'dns-search', scenario: 'svc1-dev' } })).toEqual({
      id: 'q',
      section: 's',
      front: 'Why <code>a</code>?',
      back: '<ul><li><code>*.x `y`</code><br>because</li></ul>',
      typed: { label: 'Name', lines: 1, by: { lab: 'dns-search', scenario: 'svc1-dev', judge: 'two-names' } },
    });
  });
});
