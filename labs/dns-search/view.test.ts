import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { reduce, start } from './acts.ts';
import type { State } from './state.ts';
import { next } from './steps.ts';
import { inputOf, settledScenario } from './testing.ts';
import View from './view.tsx';

const nothing = (): void => undefined;
const draw = (state: State, selected?: string): string => renderToString(h(View, { state, selected, select: nothing, act: nothing }));
const text = (html: string): string =>
  html
    .replaceAll('<wbr/>', '')
    .replace(/<[^>]+>/gu, ' ')
    .replace(/\s+/gu, ' ');

function after(scenario: string, steps: number): State {
  let state = start(inputOf(scenario), 1);
  for (let step = 0; step < steps; step += 1) {
    const action = next(state);
    if (action !== undefined) state = reduce(state, action);
  }
  return state;
}

describe('the ladder', () => {
  const end = draw(settledScenario('api-github-ndots'));

  test('has one rung for each name asked', () => {
    expect(end.match(/<li class="rung/gu)).toHaveLength(4);
  });

  test('tells what was typed from what the search list put behind it', () => {
    expect(end).toContain('<b>api.github.com</b>');
    expect(end).toMatch(/<i>\.shop\.?<\/i>|<i>shop\.<\/i>/u);
  });

  test('ends with the result and its price', () => {
    expect(text(end)).toMatch(/203\.0\.113\.6 .*4 names, 8 queries, 4 round trips/u);
  });

  test('shows what would come next as long as nothing has answered', () => {
    const middle = draw(after('api-github-ndots', 3));
    expect(middle).toMatch(/rung ahead/u);
    expect(text(middle)).toContain('api.github.com.');
  });

  test('says at the start that nothing was asked', () => {
    expect(text(draw(after('api-github-ndots', 0)))).toContain('Nothing asked yet');
  });

  test('marks what is selected', () => {
    expect(draw(settledScenario('svc1-dev'), 'line:1')).toMatch(/data-subject="line:1" aria-pressed/u);
  });
});

test('every line of the file says who wrote it, and what is missing says why', () => {
  const picture = text(draw(after('hostnetwork-policy', 0)));
  expect(picture).toContain('search corp.example.com');
  expect(picture).toContain('by the node');
  expect(text(draw(after('ent-own-namespace', 0)))).toMatch(/192\.0\.2\.53 is left out/u);
});
