// A card for glossary terms in a text, on the first sign of interest. Pages with a `<Term>` load this, 0.3 kB; the card itself loads when it is wanted.
let isTouched = false;
for (const type of ['pointerdown', 'pointerover', 'focusin', 'click']) {
  document.addEventListener(type, (event) => {
    const { pointerType, detail } = event as PointerEvent;
    // Not every browser says of a click what made it.
    if (type === 'pointerdown') isTouched = pointerType !== 'mouse';
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.prose a[href*="/glossary/"]:not(.term-card a)') : null;
    if (!link) return;
    // A finger cannot point: its first tap asks, the second follows the link. So does Enter, a click without a pointer.
    const isTap = type === 'click' && isTouched && detail > 0 && !link.ariaExpanded;
    if (isTap) {
      event.preventDefault();
      link.ariaExpanded = 'true';
    }
    if (isTap || (type !== 'click' && (pointerType === 'mouse' || link.matches(':focus-visible')))) {
      // Where it cannot be fetched, the second tap leads to the page.
      void import('./term-card.ts').then((card) => {
        card.showCard(link, isTap);
      });
    }
  });
}
