import { expect, test } from 'vitest';
import { signedPdf } from './pdf-signature.ts';

const info = (creator: string, date: string): string =>
  `%PDF-1.4\n1 0 obj\n<</Title (Kubestep)\n/Creator ${creator}\n/Producer (Skia/PDF m156)\n/CreationDate (${date})\n/ModDate (${date})>>\nendobj\n`;
const book = { title: 'Kubestep', changed: '2026-11-20T08:09:10Z' };

test('a PDF bears the name of the book and the date of its text, at the same offsets', () => {
  const printed = info('(Mozilla/5.0 \\(X11; Linux x86_64\\) HeadlessChrome/156.0.0.0)', "D:20261121190855+00'00'");
  const signed = Buffer.from(signedPdf(Buffer.from(printed, 'latin1'), book)).toString('latin1');
  expect(signed).toHaveLength(printed.length);
  expect(signed.replace(/ +\n/, '\n')).toBe(info('(Kubestep)', "D:20261120080910+00'00'"));
  expect(signed.indexOf('/Producer')).toBe(printed.indexOf('/Producer'));
});

test.each([
  ['', 'no field'],
  [info('(x)', "D:20261121190855+00'00'"), 'no room'],
])('one that is written in another way is refused', (pdf) => {
  expect(() => signedPdf(Buffer.from(pdf, 'latin1'), book)).toThrow('no room for its Creator');
});
