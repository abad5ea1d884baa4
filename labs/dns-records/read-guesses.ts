import { unreadable, type ReadingError } from '../reading/reading-error.ts';
import { nameBytesMax, queryTypes, type Query } from './input.ts';
import { isSameQuery, queryOf } from './query.ts';

const queriesMax = 40;

function readLine(line: string, number: number): Query | ReadingError | undefined {
  const [name, type = 'A', ...more] = line.replace(/#.*$/u, '').trim().split(/\s+/u);
  if (name === undefined || name === '') return undefined;
  const place = { line: number, column: line.indexOf(name) + 1 };
  const typePlace = {
    line: number,
    column: line.indexOf(type, place.column + name.length - 1) + 1,
    columnEnd: line.indexOf(type, place.column + name.length - 1) + type.length + 1,
  };
  const known = queryTypes.find((each) => each === type.toUpperCase());
  if (known === undefined)
    return { ...typePlace, message: `${JSON.stringify(type)} is no type that can be asked for`, expected: `one of ${queryTypes.join(', ')}` };
  if (more.length > 0) return { ...place, message: 'there is more than a name and a type in this line', expected: 'one name in a line, and behind it a type' };
  if (name.length > nameBytesMax) return { ...place, message: `a name of ${name.length} characters`, expected: `at most ${nameBytesMax} characters` };
  return queryOf(name, known);
}

/** The names to ask for: a line each, `#` begins a comment. The same query twice counts once. */
export function readGuesses(text: string, bytesMax: number): { readonly queries: readonly Query[]; readonly errors: readonly ReadingError[] } {
  const wrong = unreadable(text, bytesMax);
  if (wrong !== undefined) return { queries: [], errors: [wrong] };
  const queries: Query[] = [];
  const errors: ReadingError[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const read = readLine(line, index + 1);
    if (read === undefined) continue;
    if ('message' in read) errors.push(read);
    else if (!queries.some((query) => isSameQuery(query, read))) queries.push(read);
  }
  const tooMany: readonly ReadingError[] =
    queries.length > queriesMax ? [{ line: 1, column: 1, message: `${queries.length} names are too many`, expected: `at most ${queriesMax}` }] : [];
  return { queries: queries.slice(0, queriesMax), errors: [...errors, ...tooMany] };
}
