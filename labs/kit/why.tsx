import type { ComponentChildren } from 'preact';

/** What a view hands to the parts that can be asked about. */
export interface Asking {
  readonly selected: string | undefined;
  readonly select: (subject: string) => void;
}

interface WhyProps extends Asking {
  readonly subject: string;
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
