// Reads what anybody may have written: storage that was edited, a file from elsewhere, data of an earlier version.

/** Told of each field that is not what it should be; the field is then left out, and everything else is read all the same. */
export type Fault = (where: string, expected: string) => null;

/** What is wrong is left out without a word: storage is read so. */
export const ignore: Fault = () => null;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Ids and paths are short; a longer one comes from no page of this site. */
const idLengthMax = 300;

/** Reads a record entry by entry; `entry` answers null for what it refuses, after telling `fault`. */
export function readEntries<Entry>(
  value: unknown,
  where: string,
  fault: Fault,
  entry: (value: unknown, where: string, key: string) => Entry | null,
): Readonly<Record<string, Entry>> {
  if (value === undefined) return {};
  if (!isFields(value)) {
    fault(where, 'an object');
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, found]) => {
      const read = key.length > idLengthMax ? fault(`${where}.${key.slice(0, 40)}…`, 'a shorter name') : entry(found, `${where}.${key}`, key);
      return read === null ? [] : [[key, read]];
    }),
  );
}

/** A place on this site: starts with one slash, so that it leads nowhere else. */
export function isPlace(value: unknown): value is string {
  return typeof value === 'string' && value.length <= idLengthMax && /^\/(?![/\\])/.test(value);
}
