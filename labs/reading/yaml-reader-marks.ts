import { Complaint } from './yaml-complaint.ts';
import type { Mark } from './yaml-complaint.ts';

/** Line breaks of YAML 1.1: more than editors know. */
export const isBreak = (character: string): boolean => character !== '' && '\n\r\u0085\u2028\u2029'.includes(character);
export const isBlank = (character: string): boolean => character === ' ' || character === '\t';
/** A blank, a line break or the end of the text (''). */
export const isBlankOrEnd = (character: string): boolean => character === '' || isBlank(character) || isBreak(character);
export const isWord = (character: string): boolean => /^[\w-]$/u.test(character);

/** A text that is read once from front to back, with libyaml's count of lines and columns (skip, skip_line of scannerc). */
export class MarkedText {
  readonly text: string;
  offset: number;
  line = 0;
  column = 0;
  /** Behind the last character of the last plain scalar: the blanks and line breaks that follow it are passed too. */
  plainEnd = 0;

  constructor(text: string, offset: number) {
    this.text = text;
    this.offset = offset;
  }

  get mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column };
  }

  at(ahead = 0): string {
    return this.text.charAt(this.offset + ahead);
  }

  /** Passes characters of one line; a character beyond U+FFFF is one column. */
  skip(count = 1): void {
    for (let left = count; left > 0; left -= 1) {
      const unit = this.text.charCodeAt(this.offset);
      this.offset += unit >= 0xd800 && unit < 0xdc00 ? 2 : 1;
      this.column += 1;
    }
  }

  skipLine(): void {
    this.offset += this.text.startsWith('\r\n', this.offset) ? 2 : 1;
    this.line += 1;
    this.column = 0;
  }

  skipWhile(matches: (character: string) => boolean): number {
    const begin = this.offset;
    while (this.at() !== '' && matches(this.at())) this.skip();
    return this.offset - begin;
  }

  skipComment(): void {
    if (this.at() === '#') this.skipWhile((character) => !isBreak(character));
  }

  /** `---` or `...` at the start of a line, with nothing or a blank behind. */
  isDocumentMarker(marker?: string): boolean {
    if (this.column !== 0 || !isBlankOrEnd(this.at(3))) return false;
    const found = this.text.slice(this.offset, this.offset + 3);
    return marker === undefined ? found === '---' || found === '...' : found === marker;
  }

  fail(problem: string, began?: Mark, near?: Mark): never {
    throw new Complaint('scanner', problem, this.mark, began, near);
  }
}
