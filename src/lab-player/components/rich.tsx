import type { JSX } from 'preact';
import { pieces } from '../format.ts';

/** A text with `code` between backticks. */
export function Rich({ text }: { readonly text: string }): JSX.Element {
  return <>{pieces(text).map((piece) => (piece.code ? <code>{piece.text}</code> : piece.text))}</>;
}

/** An icon of the page's own sheet (src/components/shell/Icons.astro). */
export function Icon({ name }: { readonly name: string }): JSX.Element {
  return (
    <svg class="ic" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
