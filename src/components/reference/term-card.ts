import cardStyle from './term-card.css?url';
import { codeWords, element } from '../../dom/element.ts';
import { loadStyle } from '../../dom/style-sheet.ts';
import { placeCard } from './place-card.ts';

type Terms = Readonly<Record<string, readonly [term: string, is: string]>>;

/** How long the pointer rests on a link before its card opens, and stays away before it closes. */
const openAfterMs = 150;
const closeAfterMs = 200;

const base = document.documentElement.dataset.base ?? '/';
const files = new Map<string, Promise<Terms>>();
const watched = new WeakSet<HTMLAnchorElement>();
let look: Promise<void> | undefined;
let card: HTMLElement | undefined;
let shownFor: HTMLAnchorElement | undefined;
let wanted: HTMLAnchorElement | undefined;
let timer = 0;

function load(letter: string): Promise<Terms> {
  const known =
    files.get(letter) ??
    fetch(`${base}glossary/terms/${letter}.json`).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json() as Promise<Terms>;
    });
  files.set(letter, known);
  // Offline now, perhaps not later.
  known.catch(() => files.delete(letter));
  return known;
}

function release(link: HTMLAnchorElement | undefined): void {
  for (const name of ['aria-describedby', 'aria-expanded']) link?.removeAttribute(name);
}

function close(): void {
  clearTimeout(timer);
  release(wanted);
  release(shownFor);
  wanted = undefined;
  shownFor = undefined;
  card?.hidePopover();
}

const isTapped = (): boolean => shownFor?.ariaExpanded === 'true';

const closeSoon = (): void => {
  if (isTapped()) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    const isHeld = card?.matches(':hover') === true || shownFor?.matches(':hover, :focus-visible') === true;
    if (!isHeld) close();
  }, closeAfterMs);
};

/** The one card of a page, made once with its stylesheet; resolves when the sheet is there, so that nothing is seen without it. */
async function makeCard(): Promise<HTMLElement> {
  look ??= loadStyle(cardStyle);
  await look;
  if (!card) {
    card = element('div', { class: 'term-card', id: 'term-card', popover: 'manual' });
    card.addEventListener('pointerleave', closeSoon);
  }
  return card;
}

/** Puts the card beside its link, now and whenever the page moves below it. */
function place(): void {
  if (!card || !shownFor) return;
  const { left, top } = placeCard(
    shownFor.getClientRects()[0] ?? shownFor.getBoundingClientRect(),
    { width: card.offsetWidth, height: card.offsetHeight },
    { width: document.documentElement.clientWidth, height: innerHeight },
  );
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

async function open(link: HTMLAnchorElement): Promise<void> {
  const id = link.pathname.split('/').at(-2) ?? '';
  const [terms, made] = await Promise.all([load(id.charAt(0)), makeCard()]);
  const entry = terms[id];
  if (!entry) throw new Error(`no term ${id}`);
  if (wanted !== link) return;
  const [term, is] = entry;
  made.replaceChildren(element('b', {}, term), ...codeWords(is));
  if (shownFor !== link) release(shownFor);
  shownFor = link;
  // What was tapped for holds a link, and stands behind its term for whoever reads on from there; what is pointed at is a description.
  const isTap = isTapped();
  made.role = isTap ? 'dialog' : 'tooltip';
  made.ariaLabel = isTap ? term : null;
  if (isTap) {
    made.append(element('a', { href: link.href }, 'The whole entry'));
    made.tabIndex = -1;
    link.after(made);
  } else {
    made.removeAttribute('tabindex');
    link.setAttribute('aria-describedby', made.id);
    document.body.append(made);
  }
  made.showPopover();
  place();
  if (isTap) made.focus({ preventScroll: true });
}

document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || !shownFor) return;
    // Only the card closes: what lies below keeps its own Escape.
    event.stopPropagation();
    const [link, hadFocus] = [shownFor, card?.contains(document.activeElement)];
    close();
    if (!hadFocus) return;
    // Back at its link it is not wanted once more.
    wanted = link;
    link.focus({ preventScroll: true });
  },
  true,
);
for (const type of ['scroll', 'resize']) {
  addEventListener(
    type,
    () => {
      const { top = 0, bottom = 0 } = shownFor?.getBoundingClientRect() ?? {};
      if (!isTapped() || type === 'resize') place();
      // Scrolled away from, it is done with.
      else if (bottom < 0 || top > innerHeight) close();
    },
    { passive: true },
  );
}
document.addEventListener('click', ({ target }) => {
  if (isTapped() && target instanceof Node && !card?.contains(target) && !shownFor?.contains(target)) close();
});
// Whoever comes back to this page finds it as it was, but not with a card upon it.
addEventListener('pagehide', close);

/**
 * Shows what a term is beside its link, after a moment's rest. It stays while the pointer is on the link or the card, or the link has the focus. One that was
 * tapped for comes at once, and stays until there is a tap elsewhere.
 */
export function showCard(link: HTMLAnchorElement, isTap: boolean): void {
  if (link === wanted && !isTap) return;
  clearTimeout(timer);
  // One that was tapped before, and has not come yet.
  if (isTap && link !== wanted && wanted !== shownFor) release(wanted);
  wanted = link;
  if (!watched.has(link)) {
    watched.add(link);
    link.addEventListener('pointerleave', closeSoon);
    link.addEventListener('blur', closeSoon);
  }
  if (isTap) {
    open(link).catch(() => {
      close();
      location.href = link.href;
    });
    return;
  }
  if (link === shownFor) return;
  const isFocused = link.matches(':focus-visible');
  timer = window.setTimeout(
    () => {
      if (!link.matches(':hover, :focus-visible')) {
        wanted = shownFor;
        return;
      }
      // Without an answer there is no card, and the link still leads to the page.
      open(link).catch(close);
    },
    isFocused ? 0 : openAfterMs,
  );
}
