import type { ComponentChildren } from 'preact';
import type { ViewProps } from '../lab.ts';

/** What a view gives to a part that can be asked about. */
export type Asking = Pick<ViewProps<unknown>, 'selected' | 'select'>;

/** A part of the picture that can be asked "why?". */
export function Why({ subject, selected, select, children }: Asking & { readonly subject: string; readonly children: ComponentChildren }) {
  return (
    <button
      type="button"
      class="why-of"
      data-subject={subject}
      aria-pressed={selected === subject}
      onClick={() => {
        select(subject);
      }}
    >
      {children}
    </button>
  );
}

/** The shape of a category. */
export function Glyph({ kind }: { readonly kind: 'pod' | 'service' | 'node' }) {
  return (
    <svg class={`g ${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      {kind === 'pod' && <circle cx="8" cy="8" r="6" />}
      {kind === 'service' && <path d="M8 1l7 7-7 7-7-7z" />}
      {kind === 'node' && <rect x="2" y="2" width="12" height="12" />}
    </svg>
  );
}
