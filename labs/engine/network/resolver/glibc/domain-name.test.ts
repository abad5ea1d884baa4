import { describe, expect, test } from 'vitest';
import { bytesOf } from '../c-text.ts';
import { readDomainName, wrongHostName } from './domain-name.ts';

const label = 'x'.repeat(63);

describe('a name for a query', () => {
  test.each([
    ['web', 'web.'],
    ['web.', 'web.'],
    ['.', '.'],
    ['a b', 'a\\032b.'],
    ['a\\.b', 'a.b.'],
    [bytesOf('ü'), '\\195\\188.'],
    [label, `${label}.`],
  ])('%j becomes %s', (text, qname) => {
    expect(readDomainName(text)).toMatchObject({ qname });
  });

  test.each(['.web', 'a..b', 'web..', '..', `${label}x`, `${label}.${label}.${label}.${'y'.repeat(62)}`, 'a\\', 'a\\999'])('%j cannot be written', (text) => {
    expect(readDomainName(text)).toHaveProperty('wrong');
  });

  test('253 bytes fit', () => {
    expect(readDomainName(`${label}.${label}.${label}.${'y'.repeat(61)}.`)).not.toHaveProperty('wrong');
  });
});

describe('a host name', () => {
  test.each(['web', 'web-', 'my_svc', '_http._tcp.web', 'a.-b', '10.0.0.1.', 'WEB', ''])('can be %j', (text) => {
    expect(wrongHostName(text)).toBeUndefined();
  });
  test.each(['-web', 'a b', '*.example', 'a/b', 'web:80', bytesOf('bücher'), 'a..b', '..'])('cannot be %j', (text) => {
    expect(wrongHostName(text)).toBeDefined();
  });
});
