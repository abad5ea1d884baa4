import type { AnswerError } from '../../../../labs/lab.ts';

/** What is wrong with a typed answer: where, what, what was expected, how to mend it. */
export function errorWords({ line, column, message, expected, hint }: AnswerError): string {
  return `Line ${line}, column ${column}: ${message}. Expected: ${expected}.${hint === undefined ? '' : ` ${hint}`}`;
}
