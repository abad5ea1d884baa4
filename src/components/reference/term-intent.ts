// A card for glossary terms in a text, on the first sign of interest. Pages with a `<Term>` load this, 0.2 kB; the card itself loads when it is wanted.
for (const type of ['pointerover', 'focusin']) {
  document.addEventListener(type, (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.prose a[href*="/glossary/"]') : null;
    // A finger follows the link; a click that focuses it is about to.
    if (link && ((event as PointerEvent).pointerType === 'mouse' || link.matches(':focus-visible'))) {
      void import('./term-card.ts').then(({ showCard }) => {
        showCard(link);
      });
    }
  });
}
