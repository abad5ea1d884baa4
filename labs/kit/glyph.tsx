const shapes = {
  pod: <circle cx="8" cy="8" r="6" />,
  service: <path d="M8 1l7 7-7 7-7-7z" />,
  node: <path d="M2 2h12v12H2z" />,
  volume: (
    <>
      <path d="M2.5 4v8c0 1.3 2.5 2.3 5.5 2.3s5.5-1 5.5-2.3V4" />
      <ellipse cx="8" cy="4" rx="5.5" ry="2.3" />
    </>
  ),
  packet: <path d="M1.5 3.5H10L15 8l-5 4.5H1.5z" />,
};

/** The sign of a category; a hole stands for one that is missing or not yet there. */
export function Glyph({ kind, isHole = false }: { readonly kind: keyof typeof shapes; readonly isHole?: boolean }) {
  return (
    <svg class={`g ${kind}${isHole ? ' hole' : ''}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[kind]}
    </svg>
  );
}
