interface Size {
  readonly width: number;
  readonly height: number;
}

const gapPx = 8;
const edgePx = 16;

/** Where a card goes, in pixels of the window: below its link, above it where there is no room, never over the sides. */
export function placeCard(link: Pick<DOMRect, 'left' | 'top' | 'bottom'>, card: Size, window: Size): { readonly left: number; readonly top: number } {
  const left = Math.max(edgePx, Math.min(link.left, window.width - card.width - edgePx));
  const below = link.bottom + gapPx;
  const above = link.top - gapPx - card.height;
  return { left, top: below + card.height > window.height && above >= 0 ? above : below };
}
