import type { MuslVersion } from '../types.ts';

/** What musl makes of a name when it writes a query. */
export type QueryName = { readonly kind: 'good' | 'malformed'; readonly qname: string } | { readonly kind: 'impossible'; readonly because: string };

const labelBytesMax = 63;
const nameBytesMax = 253;

/** The name for a packet, in presentation form with its final dot. `name` is bytes. Models src/network/res_mkquery.c. */
export function queryName(name: string, version: MuslVersion): QueryName {
  const stem = name.replace(/\.$/, '');
  if (stem.length > nameBytesMax) return { kind: 'impossible', because: `The name has ${stem.length} bytes; DNS allows ${nameBytesMax}.` };
  if (stem === '') return { kind: 'good', qname: '.' };
  const labels = stem.split('.');
  // 1.2.3 overlooks an empty label at the end if another label stands before it.
  const malformed = version === 'musl-1.2.3' && labels.length > 1 && labels.at(-1) === '';
  const wrong = (malformed ? labels.slice(0, -1) : labels).find((label) => label === '' || label.length > labelBytesMax);
  if (wrong !== undefined)
    return { kind: 'impossible', because: wrong === '' ? 'The name has an empty label.' : `A label has ${wrong.length} bytes; DNS allows ${labelBytesMax}.` };
  return { kind: malformed ? 'malformed' : 'good', qname: `${present(stem)}.` };
}

/** Bytes that do not print stand as `\DDD`. */
function present(bytes: string): string {
  return bytes.replace(/[^!-~]/g, (byte) => `\\${String(byte.charCodeAt(0)).padStart(3, '0')}`);
}
