import { expect, test } from 'vitest';
import { placeCard } from './place-card.ts';

const window = { width: 400, height: 600 };
const card = { width: 200, height: 100 };

test.each([
  ['below its link', { left: 50, top: 80, bottom: 100 }, { left: 50, top: 108 }],
  ['above it at the end of the window', { left: 50, top: 560, bottom: 580 }, { left: 50, top: 452 }],
  ['away from the right side', { left: 390, top: 80, bottom: 100 }, { left: 184, top: 108 }],
  ['away from the left side', { left: 2, top: 80, bottom: 100 }, { left: 16, top: 108 }],
])('a card stands %s', (_, link, place) => {
  expect(placeCard(link, card, window)).toEqual(place);
});

test('a card that fits nowhere stands below', () => {
  expect(placeCard({ left: 50, top: 60, bottom: 80 }, { width: 200, height: 590 }, window).top).toBe(88);
});
