import { describe, expect, test } from 'vitest';
import { globSync, readFileSync } from 'node:fs';
import { labFiles } from '../components/chapter/lab-files.ts';
import { answered, readQuiz, type Question } from '../components/chapter/quiz/quiz.ts';
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
  const { card, ...question }: Question = {
    id: 'q',
    kind: 'choice',
    covers: [],
    section: 's',
    prompt: 'Which of these?',
    card: { front: 'Why `a`?', back: 'For `<b>`.' },
    options: [],
  };

  test('asks without the choices', () => {
    const back = '<p>For <code>&lt;b&gt;</code>.</p>';
    expect(questionCard({ ...question, card })).toEqual({ id: 'q', section: 's', front: 'Why <code>a</code>?', back });
  });

  test('is refused when it takes longer than ten seconds', () => {
    // What a reader does not read does not count.
    expect(() => questionCard({ ...question, card: { front: `\`${'x'.repeat(99)}\``, back: `<${'y'.repeat(90)}` } })).not.toThrow();
    expect(() => questionCard({ ...question, card: { front: 'x'.repeat(100), back: 'y'.repeat(91) } })).toThrow('"q" has 191 letters');
    expect(() => summaryCards(`<Card front="Why?">${'So. '.repeat(50)}</Card>`, '/')).toThrow('"card/why" has 204 letters');
  });

  test('there is one for each question of the chapters', () => {
    const files = globSync('content/*/*/quiz.yaml');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const cards = readQuiz(readFileSync(file, 'utf8')).map((entry) => questionCard(answered(entry, labFiles)));
      expect(cards.filter(({ front, back }) => `${front}${back}`.includes('{answer}'))).toEqual([]);
    }
  });
});
