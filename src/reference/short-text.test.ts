import { expect, test } from 'vitest';
import { errorText, errorTitle, plainText, shortText } from './short-text.ts';

test.each([
  ['what stands between back-ticks is code', 'the `a <b>` field', 'the <code>a &lt;b&gt;</code> field'],
  ['asterisks are themselves, in code too', '`*.svc` and `*` or 2 * 3', '<code>*.svc</code> and <code>*</code> or 2 * 3'],
  ['a lone back-tick is itself', 'a ` b', 'a ` b'],
  ['marks of HTML are text', '<script>"&"', '&lt;script&gt;&quot;&amp;&quot;'],
])('%s', (_, text, html) => {
  expect(shortText(text)).toBe(html);
});

test('the holes of an error text are variables, other braces are text', () => {
  expect(errorText('0/{n} of "{name}" {x} <b>')).toBe('0/<var>n</var> of &quot;<var>name</var>&quot; {x} &lt;b&gt;');
  expect(errorTitle('0/{n} of {path}')).toBe('0/… of …');
  expect(plainText('the `a` field')).toBe('the a field');
});
