import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { withOwnPolicy } from './page-policy.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const page = (policy: string, body: string) => `<meta http-equiv="content-security-policy" content="default-src 'self'; ${policy}"><body>${body}</body>`;

test('hashes of what is not in the page are left out, everything else stays', () => {
  const [used, other, style] = [hashOf('a()'), hashOf('b()'), hashOf('p{}')];
  const body = '<script>a()</script><style>p{}</style><script src="/x.js"></script>';
  expect(withOwnPolicy(page(`script-src 'self' 'wasm-unsafe-eval' ${used} ${other}; style-src 'self' ${style} ${other};`, body))).toBe(
    page(`script-src 'self' 'wasm-unsafe-eval' ${used}; style-src 'self' ${style};`, body),
  );
});

test('data needs no hash', () => {
  const body = '<script type="application/json">{}</script>';
  expect(withOwnPolicy(page(`script-src 'self' ${hashOf('{}')};`, body))).toBe(page("script-src 'self';", body));
});

test('a page without a policy stays as it is', () => {
  expect(withOwnPolicy('<p>x</p>')).toBe('<p>x</p>');
});
