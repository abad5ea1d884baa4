import { expect, test } from 'vitest';
import { inlineMarkup } from './inline-markup.ts';

test.each([
  ['back-ticks become code', 'the `name` field', 'the <code>name</code> field'],
  ['asterisks become emphasis', 'is *not* the default', 'is <em>not</em> the default'],
  ['marks of HTML stay text', 'a <b> & "c"', 'a &lt;b&gt; &amp; &quot;c&quot;'],
  ['marks of HTML in code stay text', '`<namespace>.svc`', '<code>&lt;namespace&gt;.svc</code>'],
  ['a lone asterisk is itself', '2 * 3 * 4', '2 * 3 * 4'],
])('%s', (_, text, html) => {
  expect(inlineMarkup(text)).toBe(html);
});
