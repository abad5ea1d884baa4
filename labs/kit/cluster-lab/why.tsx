import type { ComponentChildren } from 'preact';

interface WhyProps {
  readonly subject: string;
  readonly selected: string | undefined;
  readonly select: (subject: string) => void;
  readonly children: ComponentChildren;
}

/** A part of the picture that can be asked "why?". */
export function Why({ subject, selected, select, children }: WhyProps) {
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

const shapes = {
  pod: <circle cx="8" cy="8" r="6" />,
  node: <path d="M2 2h12v12H2z" />,
  volume: (
    <>
      <path d="M2.5 4v8c0 1.3 2.5 2.3 5.5 2.3s5.5-1 5.5-2.3V4" />
      <ellipse cx="8" cy="4" rx="5.5" ry="2.3" />
    </>
  ),
};

/** The sign of a category; a hole stands for one that is missing or not yet there. */
export function Glyph({ kind, isHole }: { readonly kind: keyof typeof shapes; readonly isHole: boolean }) {
  return (
    <svg class={`g ${kind}${isHole ? ' hole' : ''}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[kind]}
    </svg>
  );
}
