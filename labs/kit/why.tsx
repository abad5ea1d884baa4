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
