import { expect, test } from 'vitest';
import { readPdf } from './pdf-outline.ts';

/** A PDF of these objects, numbered from 1, with its table of references; the first is the catalog. */
function pdfOf(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1}\n/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table, 'latin1');
}

const objects = [
  '<</Type /Catalog\n/Pages 2 0 R\n/Dests 6 0 R\n/MarkInfo <</Type /MarkInfo\n/Marked true>>\n/Outlines 7 0 R\n/Lang (en)>>',
  '<</Type /Pages\n/Count 3\n/Kids [3 0 R 11 0 R]>>',
  '<</Type /Pages\n/Count 2\n/Kids [5 0 R 4 0 R]\n/Parent 2 0 R>>',
  '<</Type /Page>>',
  '<</Type /Page>>',
  '<</doc-a [4 0 R /XYZ 1 2 0]\n/dns--a#20b [12 0 R /XYZ 1 2 0]>>',
  '<</Type /Outlines\n/First 8 0 R\n/Last 10 0 R>>',
  '<</Title (Part \\(1\\) \\101)\n/Dest [5 0 R /XYZ 0 0 0]\n/First 9 0 R\n/Last 9 0 R\n/Next 10 0 R>>',
  '<</Title <FEFF201C0061201D>\n/Dest [4 0 R /XYZ 0 0 0]>>',
  '<</Title (End)\n/Dest [12 0 R /XYZ 0 0 0]\n/Prev 8 0 R>>',
  '<</Type /Pages\n/Kids [12 0 R]>>',
  '<</Type /Page>>',
];

test('pages count in reading order, titles are decoded, and entries nest', () => {
  expect(readPdf(pdfOf(objects))).toEqual({
    pages: 3,
    isTagged: true,
    language: 'en',
    outline: [
      { title: 'Part (1) A', depth: 0, page: 1 },
      { title: '“a”', depth: 1, page: 2 },
      { title: 'End', depth: 0, page: 3 },
    ],
    places: new Map([
      ['doc-a', 2],
      ['dns--a b', 3],
    ]),
  });
});

test('a PDF without a plain table of references is refused', () => {
  expect(() => readPdf(Buffer.from('%PDF-1.7\n1 0 obj\n<</Type /XRef>>\nstartxref\n9\n%%EOF\n'))).toThrow('table of references');
});
