import cardStyle from './term-card.css?url';
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
  const made = document.createElement('div');
  made.className = 'term-card';
  made.id = 'term-card';
  made.role = 'tooltip';
  made.popover = 'manual';
  made.addEventListener('pointerleave', closeSoon);
  card = made;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = cardStyle;
  await new Promise((resolve) => {
    sheet.addEventListener('load', resolve);
    sheet.addEventListener('error', resolve);
    document.head.append(sheet);
  });
  document.body.append(made);
  return made;
}

/** Text between back-ticks becomes code. */
const nodesOf = (text: string): readonly (Node | string)[] =>
  text.split('`').map((piece, index) => {
    if (index % 2 === 0) return piece;
    const code = document.createElement('code');
    code.textContent = piece;
    return code;
  });

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
  const name = document.createElement('b');
  name.textContent = entry[0];
  made.replaceChildren(name, ...nodesOf(entry[1]));
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
