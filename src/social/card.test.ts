import { describe, expect, test } from 'vitest';
import { cardAlternative, cardBody, type Card } from './card.ts';

const card: Card = { name: 'dns', kind: 'chapter', place: 'Part 1, Networking', title: 'Names', text: 'Why `ndots`?' };
const picture = { html: '<b>10.0.0.1</b>', css: '', shows: 'the picture of a lab', framesMs: [0, 10, 20, 40] };

describe('a card', () => {
  test('shows its texts, code as code, and no text as markup', () => {
    const body = cardBody({ ...card, title: 'a < b', picture });
    expect(body).toContain('a &lt; b');
    expect(body).toContain('Why <code>ndots</code>?');
    expect(body).toContain('<b>10.0.0.1</b>');
  });

  test('sets long titles and long words smaller', () => {
    expect(cardBody(card)).not.toContain(' long');
    expect(cardBody({ ...card, title: 'PersistentVolumes and claims' })).toContain(' long');
    expect(cardBody({ ...card, title: 'A title of many short words in a row' })).toContain(' long');
  });

  test('shows where in the course its chapter stands', () => {
    const body = cardBody({
      ...card,
      steps: [
        { chapters: 2, isHere: false },
        { chapters: 3, isHere: true, here: 1 },
      ],
    });
    // Two chapters of ten units before it, one and a half in its part.
    expect(body).toMatch(/<path class="strong" d="M20 \d+H50"\/><circle cx="35"/);
    expect(body.match(/class="strong"/g)).toHaveLength(1);
  });

  test('marks each moment of a run, by time where there is time', () => {
    expect(cardBody({ ...card, picture })).toContain('M76 18v16M175 18v16M273 18v16M470 18v16');
    expect(cardBody({ ...card, picture: { ...picture, framesMs: [0, 0, 0] } })).toContain('M76 18v16M273 18v16M470 18v16');
    expect(cardBody({ ...card, picture: { ...picture, framesMs: [] } })).not.toContain('class="run"');
  });

  test('lists the chapters of a part, those not written as such', () => {
    const chapters = [
      { title: 'Pods', isWritten: true },
      { title: 'Jobs', isWritten: false },
    ];
    expect(cardBody({ ...card, kind: 'part', chapters })).toContain('<li><i></i>Pods</li><li><i class="none"></i>Jobs</li>');
    expect(cardAlternative({ ...card, kind: 'part', chapters })).toBe('Kubestep, Part 1, Networking: Names. Why ndots? Its chapters: Pods, Jobs.');
  });

  test('is told to those who do not see it', () => {
    expect(cardAlternative({ ...card, picture })).toBe('Kubestep, Part 1, Networking: Names. Why ndots? Beside it, the picture of a lab.');
  });
});
