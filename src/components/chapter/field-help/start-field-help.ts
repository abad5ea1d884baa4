import { makeCard, type Card } from './card-view.ts';
import { fieldAt, listingAround, surroundingsOf, type HelpedListing } from './listing.ts';
import { placeFieldCard } from './place.ts';

/** How long the pointer rests on a field before its card opens, and stays away before it closes: long enough for the way to the card. */
const openAfterMs = 150;
const closeAfterMs = 600;
/** Below this width the card is a sheet at the lower edge (field-help.css). */
const narrow = matchMedia('(max-width: 47.99rem)');

/** Keys and values of a listing. */
const pieces = '.code:has([data-fields]) pre :is(b, i, span:not(.hl))';

let card: Card | undefined;
let making: Promise<Card> | undefined;
let shown: { readonly listing: HelpedListing; readonly index: number } | undefined;
/** Opened by a press: it stays until it is closed, and keys walk. */
let isPinned = false;
let timer = 0;

const keyOf = ({ listing, index }: NonNullable<typeof shown>): HTMLElement | undefined => listing.keys[index];

function place(): void {
  const key = shown && keyOf(shown);
  if (!card || !shown || !key) return;
  const { left, top } = placeFieldCard(
    surroundingsOf(shown.listing, key),
    { width: card.box.offsetWidth, height: card.box.offsetHeight },
    { width: document.documentElement.clientWidth, height: innerHeight },
  );
  card.box.style.left = narrow.matches ? '' : `${left}px`;
  card.box.style.top = narrow.matches ? '' : `${top}px`;
}

function close(): void {
  clearTimeout(timer);
  if (!shown) return;
  const { listing } = shown;
  keyOf(shown)?.classList.remove('asked');
  listing.button.ariaExpanded = 'false';
  const hadFocus = card?.box.contains(document.activeElement) === true;
  shown = undefined;
  isPinned = false;
  card?.box.hidePopover();
  if (hadFocus) listing.button.focus({ preventScroll: true });
}

/** Brings the key into the part of the window that the header and the sheet leave free. */
function reveal(key: Element): void {
  const free = { top: 72, bottom: narrow.matches && card ? card.box.getBoundingClientRect().top - 16 : innerHeight - 48 };
  const { top, bottom } = key.getBoundingClientRect();
  if (top < free.top || bottom > free.bottom) scrollBy({ top: top - free.top - (free.bottom - free.top) / 3, behavior: 'instant' });
}

async function show(listing: HelpedListing, index: number, isPress: boolean): Promise<void> {
  making ??= makeCard((name) => {
    if (name === 'close') close();
    else walk(name === 'on' ? 1 : -1);
  });
  card = await making;
  const field = listing.fields[index];
  if (!field) return;
  if (shown) keyOf(shown)?.classList.remove('asked');
  if (shown?.listing !== listing) {
    if (shown) shown.listing.button.ariaExpanded = 'false';
    // Behind the listing's title, so that Tab goes from the button into the card.
    listing.button.closest('figcaption')?.after(card.box);
  }
  shown = { listing, index };
  isPinned ||= isPress;
  card.box.classList.toggle('pinned', isPinned);
  listing.button.ariaExpanded = String(isPinned);
  keyOf(shown)?.classList.add('asked');
  card.show(field, [index, listing.fields.length], isPinned && !isPress);
  if (!card.box.matches(':popover-open')) card.box.showPopover();
  if (isPress) card.box.focus({ preventScroll: true });
  if (isPinned) reveal(listing.keys[index] ?? listing.figure);
  place();
}

function walk(step: number): void {
  if (!shown) return;
  const { listing, index } = shown;
  const next = Math.max(0, Math.min(listing.fields.length - 1, index + step));
  if (next !== index) void show(listing, next, false);
}

function closeSoon(): void {
  clearTimeout(timer);
  if (!isPinned) timer = window.setTimeout(close, closeAfterMs);
}

/** Shows the field under the pointer after a moment's rest, or at once after a press. Nothing where none is, or without the network. */
function ask(target: Element, isPress: boolean): void {
  const asked = listingAround(target);
  asked?.then(
    (listing) => {
      const index = target === listing.button ? 0 : fieldAt(listing, target);
      if (index === undefined) return;
      clearTimeout(timer);
      if (isPress) void show(listing, index, true);
      else timer = window.setTimeout(() => void show(listing, index, false), openAfterMs);
    },
    () => undefined,
  );
}

function point({ target, pointerType }: PointerEvent): void {
  if (pointerType !== 'mouse' || isPinned || !(target instanceof Element)) return;
  if (card?.box.contains(target) === true) clearTimeout(timer);
  else if (target.closest(pieces)) ask(target, false);
  else closeSoon();
}

function press({ target }: Event): void {
  if (!(target instanceof Element) || card?.box.contains(target) === true) return;
  const button = target.closest('[data-fields]');
  const isOpenHere = button !== null && isPinned && shown?.listing.button === button;
  // Somebody who selects text does not ask.
  const isSelecting = getSelection()?.isCollapsed === false;
  const isAsking = button !== null || (target.closest(pieces) !== null && !isSelecting);
  if (!isAsking || isOpenHere) close();
  else ask(button ?? target, true);
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

function type(event: KeyboardEvent): void {
  if (!shown) return;
  const step = steps[event.key];
  if (event.key === 'Escape') close();
  else if (step === undefined || !isPinned || card?.box.contains(document.activeElement) !== true) return;
  else walk(step);
  event.preventDefault();
  // What lies below keeps its own keys.
  event.stopPropagation();
}

function listen(): void {
  addEventListener('pointerover', point);
  addEventListener('click', press);
  addEventListener('keydown', type, true);
  addEventListener('focusin', ({ target }) => {
    if (isPinned && target instanceof Node && card?.box.contains(target) === false && target !== shown?.listing.button) close();
  });
  for (const name of ['scroll', 'resize']) addEventListener(name, place, { passive: true, capture: true });
}

let isListening = false;

/** Makes the fields of all manifests of the page answer. `first` is what the reader did before this was there; called again, it only answers that. */
export function startFieldHelp(first: Event): void {
  if (!isListening) listen();
  isListening = true;
  if (first.type === 'click') press(first);
  else if (first.type === 'pointerover') point(first as PointerEvent);
}
