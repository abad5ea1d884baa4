/** Calls `begin` once, at the first sign that somebody reads: a scroll, a pointer, a key. A page opened by mistake loads nothing more. */
export function atFirstSign(begin: () => void): void {
  const signs = ['scroll', 'pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
  const stop = new AbortController();
  for (const sign of signs) {
    addEventListener(
      sign,
      () => {
        stop.abort();
        begin();
      },
      { signal: stop.signal, passive: true },
    );
  }
}
