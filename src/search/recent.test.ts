import { describe, expect, test } from 'vitest';
import { readRecent, withQuery } from './recent.ts';

describe('what the browser kept', () => {
  test.each([
    ['a list of texts', { queries: ['pvc', 'ndots'] }, ['pvc', 'ndots']],
    ['nothing yet', null, []],
    ['something of somebody else', { queries: 'pvc' }, []],
    ['a list with other things in it', { queries: ['pvc', 1, '', null] }, ['pvc']],
    ['too much', { queries: ['1', '2', '3', '4', '5', '6', '7'] }, ['1', '2', '3', '4', '5', '6']],
  ])('%s', (_name, value, expected) => {
    expect(readRecent(value).queries).toEqual(expected);
  });
});

describe('a new query', () => {
  test.each([
    ['stands in front', ['a', 'b'], 'c', ['c', 'a', 'b']],
    ['stands there once', ['a', 'NDOTS', 'b'], 'ndots', ['ndots', 'a', 'b']],
    ['pushes out the oldest', ['1', '2', '3', '4', '5', '6'], '7', ['7', '1', '2', '3', '4', '5']],
  ])('%s', (_name, queries, query, expected) => {
    expect(withQuery(queries, query)).toEqual(expected);
  });
});
