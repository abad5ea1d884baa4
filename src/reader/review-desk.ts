import { element } from '../dom/element.ts';
import { chapterOf } from './card-chapter.ts';
import type { ReviewCard } from './review-card.ts';
import { addressOf } from './site-place.ts';

/** What stands on the desk beside the card. */
export interface OnDesk {
  readonly id: string;
  readonly title: string;
  readonly card: ReviewCard;
  readonly canUndo: boolean;
}

/** What the reader can do. */
export interface DeskActs {
  readonly judge: (knew: boolean) => void;
  readonly undo: () => void;
  readonly stop: () => void;
}

function button(label: string, act: () => void, look = ''): HTMLButtonElement {
  const made = element('button', { class: `btn ${look}`, type: 'button' }, label);
  made.addEventListener('click', act);
  return made;
}

/** A text of our own course, with its markup. */
function marked(html: string, kind: string): HTMLDivElement {
  const made = element('div', { class: kind });
  made.innerHTML = html;
  return made;
}

const keyHint = (): HTMLElement =>
  element(
    'p',
    { class: 's dim key-hint' },
    ...[element('kbd', {}, 'Enter'), ' turns, ', element('kbd', {}, '←'), ' not yet, ', element('kbd', {}, '→'), ' knew it'],
  );

/** One card: its question, and once it is turned its answer and the two ways to judge oneself. The keys: Enter turns, right knew it, left not yet. */
export function makeDesk({ id, title, card, canUndo }: OnDesk, { judge, undo, stop }: DeskActs): { readonly desk: HTMLElement; readonly focus: () => void } {
  const chapter = chapterOf(id);
  const question = marked(card.front, 'front');
  question.id = 'card-front';
  // Named by all that it holds: of a text that takes the focus Orca says only the first line.
  const front = element('div', { role: 'group', 'aria-labelledby': question.id, tabindex: '-1' }, question);
  // Empty until the card is turned: what comes into a live region is said, all of it.
  const said = element('div', { 'aria-live': 'polite' });
  const back = element('div', { tabindex: '-1' }, said);
  const notYet = button('Not yet', () => {
    judge(false);
  });
  const knewIt = button(
    'Knew it',
    () => {
      judge(true);
    },
    'go',
  );
  const turn = button(
    'Show the answer',
    () => {
      turnOver();
    },
    'go',
  );
  const again = element('a', { href: `${addressOf(`/${chapter}/`)}${card.section === undefined ? '' : `#${card.section}`}` }, 'Read it again');
  const late = [notYet, knewIt, again];
  const rest = element('span', { class: 'rest' }, ...(canUndo ? [button('Undo', undo, 'bare')] : []), button('Stop', stop, 'bare'));
  const desk = element(
    'article',
    { class: 'flashcard', 'aria-label': 'Card' },
    element('p', { class: 'facts' }, title),
    front,
    back,
    element('div', { class: 'row' }, turn, notYet, knewIt, again, rest),
    keyHint(),
  );
  const show = (isTurned: boolean): void => {
    turn.hidden = isTurned;
    for (const part of late) part.hidden = !isTurned;
  };
  const turnOver = (): void => {
    show(true);
    said.replaceChildren(marked(card.back, 'back'));
    back.focus();
  };
  desk.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (turn.hidden && (key === 'ArrowRight' || key === 'ArrowLeft')) judge(key === 'ArrowRight');
    else if (!turn.hidden && (key === 'Enter' || key === ' ') && target === front) turnOver();
    else return;
    event.preventDefault();
  });
  show(false);
  return {
    desk,
    focus: () => {
      front.focus();
    },
  };
}
