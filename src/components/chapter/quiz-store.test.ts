import { expect, test } from 'vitest';
import { parseAnswers } from './quiz-store.ts';

test.each([
  ['nothing', null, {}],
  ['no JSON', '{', {}],
  ['another thing', '7', {}],
  ['null', 'null', {}],
  ['a good answer', '{"dns/a":{"given":[1],"right":true}}', { 'dns/a': { given: [1], right: true } }],
  ['a typed answer', '{"dns/a":{"given":"x.","right":false}}', { 'dns/a': { given: 'x.', right: false } }],
  ['a spoilt answer among good ones', '{"dns/a":{"given":["x"]},"dns/b":null,"dns/c":{"given":[],"right":1}}', { 'dns/c': { given: [], right: false } }],
])('storage holds %s', (_, text, answers) => {
  expect(parseAnswers(text)).toEqual(answers);
});
