import { escapeHtml } from '../components/chapter/inline-markup.ts';

const holes = /\{(n|name|address|path|text)\}/g;

/**
 * A short text of a list as HTML: what stands between back-ticks becomes code, all else stays as it is written, asterisks too (`*.svc` is no emphasis).
 * A back-tick without its partner is itself.
 */
export function shortText(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((piece) => (/^`[^`]+`$/.test(piece) ? `<code>${escapeHtml(piece.slice(1, -1))}</code>` : escapeHtml(piece)))
    .join('');
}

/** The same text without marks, for attributes and search. */
export const plainText = (text: string): string => text.replace(/`([^`]+)`/g, '$1');

/** The text of an error message as HTML: its holes ({n} a number, {name} a name …) are variables, everything else is text. */
export function errorText(text: string): string {
  return escapeHtml(text).replace(holes, '<var>$1</var>');
}

/** The text of an error message for a title or a list that takes no marks: a hole is `…`. */
export function errorTitle(text: string): string {
  return text.replace(holes, '…');
}
