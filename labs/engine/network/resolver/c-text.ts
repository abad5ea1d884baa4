/** Texts as C sees them: one character for each byte, so that lengths and limits count bytes. */

/** A JavaScript string as the bytes of its UTF-8 form. */
export function bytesOf(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** The text that a terminal shows for bytes; bytes that are no UTF-8 stay single characters. */
export function textOf(bytes: string): string {
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    return bytes;
  }
}

/** What `isspace` takes for white space in the C locale, as a class for regular expressions. */
const space = /[ \t\n\v\f\r]/;

/** `isspace` of one character; the end of the text is no space. */
export function isSpace(character: string | undefined): boolean {
  return character !== undefined && space.test(character);
}

/** The words between white space. */
export function words(text: string): readonly string[] {
  return text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== '');
}

/**
 * Reads a file with `fgets` into a buffer of `size` bytes: each piece holds at most `size - 1` bytes and ends behind a line feed.
 * A longer line comes in several pieces.
 */
export function pieces(file: string, size: number): readonly string[] {
  return file.match(new RegExp(`[^\\n]{0,${size - 2}}\\n|[^\\n]{1,${size - 1}}`, 'g')) ?? [];
}

/** A number with its noun: `1 dot`, `2 addresses`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}
