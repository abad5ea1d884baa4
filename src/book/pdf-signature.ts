import type { Book } from './book.ts';

/** A field of what a PDF says of itself, in the same bytes: offsets in its table of references stay true, and blanks between fields mean nothing. */
function withField(pdf: Buffer, name: string, value: string): void {
  const at = pdf.indexOf(`/${name} (`);
  const from = at + name.length + 2;
  const written = /^\((?:\\[\s\S]|[^\\()])*\)/.exec(pdf.toString('latin1', from, from + 1_000))?.[0];
  if (at < 0 || written === undefined || written.length < value.length + 2)
    throw new Error(`This PDF has no room for its ${name}: Chromium’s printer writes it in another way now.`);
  pdf.write(`(${value})`.padEnd(written.length), from, 'latin1');
}

/** A PDF that says who made it and when its text was changed, where Chromium names itself, the system and the moment of printing. */
export function signedPdf(pdf: Uint8Array, { title, changed }: Pick<Book, 'title' | 'changed'>): Uint8Array {
  const signed = Buffer.from(pdf);
  withField(signed, 'Creator', title);
  const date = `D:${changed.replace(/\D/g, '')}+00'00'`;
  for (const name of ['CreationDate', 'ModDate']) withField(signed, name, date);
  return signed;
}
