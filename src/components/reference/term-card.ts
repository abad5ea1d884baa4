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

function close(): void {
  clearTimeout(timer);
  wanted = undefined;
  shownFor?.removeAttribute('aria-describedby');
  shownFor = undefined;
  card?.hidePopover();
}

const closeSoon = (): void => {
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    const isHeld = card?.matches(':hover') === true || shownFor?.matches(':hover, :focus-visible') === true;
    if (!isHeld) close();
  }, closeAfterMs);
};

/** The one card of a page, made once with its stylesheet; resolves when the sheet is there, so that nothing is seen without it. */
async function makeCard(): Promise<HTMLElement> {
  if (card) return card;
  const made = element('div', { class: 'term-card', id: 'term-card', role: 'tooltip', popover: 'manual' });
  made.addEventListener('pointerleave', closeSoon);
  card = made;
  await loadStyle(cardStyle);
  document.body.append(made);
  return made;
}

/** Puts the card beside its link, now and whenever the page moves below it. */
function place(): void {
  if (!card || !shownFor) return;
  const { left, top } = placeCard(
    shownFor.getClientRects()[0] ?? shownFor.getBoundingClientRect(),
    { width: card.offsetWidth, height: card.offsetHeight },
    { width: document.documentElement.clientWidth, height: innerHeight },
  );
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

async function open(link: HTMLAnchorElement): Promise<void> {
  const id = link.pathname.split('/').at(-2) ?? '';
  const [terms, made] = await Promise.all([load(id.charAt(0)), makeCard()]);
  const entry = terms[id];
  if (!entry || wanted !== link || !made.isConnected) return;
  made.replaceChildren(element('b', {}, entry[0]), ...codeWords(entry[1]));
  shownFor?.removeAttribute('aria-describedby');
  shownFor = link;
  link.setAttribute('aria-describedby', made.id);
  if (!made.matches(':popover-open')) made.showPopover();
  place();
}

document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || !shownFor) return;
    // Only the card closes: what lies below keeps its own Escape.
    event.stopPropagation();
    close();
  },
  true,
);
for (const type of ['scroll', 'resize']) addEventListener(type, place, { passive: true });

/** Shows what a term is beside its link, after a moment's rest. It stays while the pointer is on the link or the card, or the link has the focus. */
export function showCard(link: HTMLAnchorElement): void {
  if (link === wanted) return;
  clearTimeout(timer);
  wanted = link;
  if (link === shownFor) return;
  if (!watched.has(link)) {
    watched.add(link);
    link.addEventListener('pointerleave', closeSoon);
    link.addEventListener('blur', closeSoon);
  }
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
