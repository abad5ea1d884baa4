import type { Meta } from '../../labs/lab.ts';

/** A span of time as people write it: `15 ms`, `1.2 s`, `2 min 5 s`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`;
  const seconds = Math.round(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, rest > 0 && `${rest} s`].filter(Boolean).join(' ');
}

/** A moment of a lab: a time, or where it counts something else, its number: `hop 3`. */
export function formatAt({ counts }: Pick<Meta, 'counts'>, ms: number): string {
  return counts === undefined ? formatMs(ms) : `${counts} ${ms / 1000}`;
}

/** A text in which `code` stands between backticks, as pieces. */
export function pieces(text: string): readonly { readonly text: string; readonly code: boolean }[] {
  return text
    .split('`')
    .map((piece, index) => ({ text: piece, code: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

/** The same without the backticks: for labels, speech and the terminal. */
export function plain(text: string): string {
  return text.replaceAll('`', '');
}
