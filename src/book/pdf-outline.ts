/** An entry of a PDF's outline. */
export interface OutlineEntry {
  readonly title: string;
  /** From 0. */
  readonly depth: number;
  /** From 1; 0 where it leads nowhere. */
  readonly page: number;
}

/** What a PDF says of itself beside its pages. */
export interface PdfFacts {
  readonly pages: number;
  readonly isTagged: boolean;
  readonly language: string | undefined;
  readonly outline: readonly OutlineEntry[];
  /** Named places (`<a href="#name">` of what was printed) → page from 1. */
  readonly places: ReadonlyMap<string, number>;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A string of a PDF: in brackets byte by byte, or in hexadecimal, both perhaps UTF-16. */
function readText(written: string): string {
  const bytes = written.startsWith('<')
    ? Buffer.from(written.slice(1, -1), 'hex').toString('latin1')
    : written
        .slice(1, -1)
        .replace(/\\([nrtbf])|\\([0-7]{1,3})|\\\r?\n|\\(.)/g, (_, letter?: string, octal?: string, other?: string) =>
          letter !== undefined ? (escapes[letter] ?? '') : octal !== undefined ? String.fromCharCode(parseInt(octal, 8)) : (other ?? ''),
        );
  return bytes.startsWith('\u00fe\u00ff') ? Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le') : bytes;
}

const textPattern = /(\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f]*>)/.source;

/** The objects of a PDF with a plain table of references, as Skia (the printer of Chromium) writes it: number → its text up to a stream. */
function readObjects(pdf: string): (reference: number) => string {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf)?.[1]);
  const table = /^xref\n0 \d+\n([\d nf\r\n]+)trailer/.exec(pdf.slice(start));
  if (table?.[1] === undefined) throw new Error('This PDF has no plain table of references: Chromium’s printer writes it in another way now.');
  const offsets = table[1].trim().split(/\s*\n/).map(Number.parseFloat);
  return (reference) => {
    const from = offsets[reference] ?? pdf.length;
    const text = pdf.slice(from, pdf.indexOf('endobj', from));
    return text.split(/\bstream\r?\n/)[0] ?? '';
  };
}

const numberAfter = (text: string, key: string): number | undefined => {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** Reads pages, outline and named places of a PDF that Chromium printed. Throws when it is written in a way that Chromium's printer does not use. */
export function readPdf(bytes: Uint8Array): PdfFacts {
  const pdf = Buffer.from(bytes).toString('latin1');
  const object = readObjects(pdf);
  const catalog = object(numberAfter(pdf.slice(pdf.lastIndexOf('trailer')), 'Root') ?? 0);

  const pageNumbers = new Map<number, number>();
  const walkPages = (reference: number): void => {
    const kids = /\/Kids \[([^\]]*)\]/.exec(object(reference))?.[1];
    if (kids === undefined) pageNumbers.set(reference, pageNumbers.size + 1);
    else for (const [, kid] of kids.matchAll(/(\d+) 0 R/g)) walkPages(Number(kid));
  };
  walkPages(numberAfter(catalog, 'Pages') ?? 0);
  const pageOf = (reference: string | undefined): number => pageNumbers.get(Number(reference)) ?? 0;

  const outline: OutlineEntry[] = [];
  const walkOutline = (first: number | undefined, depth: number): void => {
    for (let at = first; at !== undefined; at = numberAfter(object(at), 'Next')) {
      const text = object(at);
      const title = new RegExp(`/Title ${textPattern}`).exec(text)?.[1];
      outline.push({ title: title === undefined ? '' : readText(title), depth, page: pageOf(/\/Dest \[(\d+) 0 R/.exec(text)?.[1]) });
      walkOutline(numberAfter(text, 'First'), depth + 1);
    }
  };
  walkOutline(numberAfter(object(numberAfter(catalog, 'Outlines') ?? 0), 'First'), 0);

  const named = object(numberAfter(catalog, 'Dests') ?? 0);
  const places = [...named.matchAll(/\/([^\s/[\]<>()]+) \[(\d+) 0 R/g)].map(([, name = '', page]): [string, number] => [
    name.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
    pageOf(page),
  ]);
  return {
    pages: pageNumbers.size,
    isTagged: /\/MarkInfo <<[^>]*\/Marked true/.test(catalog),
    language: /\/Lang \(([^)]*)\)/.exec(catalog)?.[1],
    outline,
    places: new Map(places),
  };
}
