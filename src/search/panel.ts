import { element } from './element.ts';
import { ask, knownTerms, type Answer } from './engine.ts';
import { countText, hitItem, kindChips } from './hits.ts';
import { nearestTerms } from './nearest.ts';
import { panelParts, type PanelParts } from './panel-parts.ts';

/** The search as one element; `ask` puts a query into it, `focus` the caret. */
export interface Panel {
  readonly element: HTMLElement;
  readonly ask: (query: string) => void;
  readonly focus: () => void;
}

const stepHits = 8;
const nearMax = 6;
/** Long enough that a fast typist causes one query a word, short enough that nobody waits for it. */
const typingMs = 120;

/** Builds the panel. `onQuery` hears each query that was answered; `close` adds a button that calls it. */
export function createPanel({ onQuery, close }: { readonly onQuery?: (query: string) => void; readonly close?: () => void }): Panel {
  const parts = panelParts(close);
  const { input, panel, hits } = parts;
  let kind: string | undefined;
  let asked = 0;
  let timer = 0;

  const run = async (query: string): Promise<void> => {
    const mine = (asked += 1);
    const isMine = (): boolean => mine === asked;
    showAddress(parts, query, close !== undefined);
    if (query === '') {
      showNothingAsked(parts, 'Chapters, headings, labs and scenarios. Error texts may be pasted as they are.');
      return;
    }
    if (import.meta.env.DEV) {
      showNothingAsked(parts, 'The search index is made by a build: run "npm run build", then "npm run preview".');
      return;
    }
    try {
      const answer = await ask(query, kind);
      const first = await answer.next(stepHits);
      if (!isMine()) return;
      showAnswer(parts, answer, first.map(hitItem), kind);
      parts.chips.replaceChildren(
        ...kindChips(answer.kinds(), kind, (next) => {
          kind = next;
          void run(query);
        }),
      );
      onQuery?.(query);
      if (answer.total() > 0) return;
      parts.count.textContent = /\s/.test(query) ? 'Nothing found that holds all of these words.' : `Nothing found for “${query}”.`;
      const near = nearestTerms(query, await knownTerms(), nearMax);
      if (isMine()) parts.rest.replaceChildren(nothingFound(near, askFor));
    } catch {
      if (isMine()) showNothingAsked(parts, 'The search index could not be fetched. Is there a connection? Type on to try again.');
    }
  };
  const askFor = (query: string): void => {
    kind = undefined;
    input.value = query;
    input.focus();
    void run(query.trim());
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    kind = undefined;
    timer = window.setTimeout(() => void run(input.value.trim()), typingMs);
  });
  panel.addEventListener('submit', (event) => {
    event.preventDefault();
    hits.querySelector('a')?.click();
  });
  panel.addEventListener('keydown', (event) => {
    moveAmongHits(event, [input, ...hits.querySelectorAll('a')]);
  });
  void run('');
  const focus = (): void => {
    input.focus();
    input.select();
  };
  return { element: panel, ask: askFor, focus };
}

function showAddress({ link }: PanelParts, query: string, isDialog: boolean): void {
  link.href = `${document.documentElement.dataset.base ?? '/'}search/?q=${encodeURIComponent(query)}`;
  link.hidden = query === '' || !isDialog;
}

function showNothingAsked({ filters, count, hits, rest }: PanelParts, message: string): void {
  filters.hidden = true;
  count.textContent = message;
  hits.replaceChildren();
  rest.replaceChildren();
}

function showAnswer({ filters, count, hits, rest }: PanelParts, answer: Answer, items: readonly HTMLElement[], kind: string | undefined): void {
  filters.hidden = Object.keys(answer.kinds()).length < 2;
  count.textContent = countText(answer.total(), answer.kinds(), kind);
  hits.replaceChildren(...items);
  rest.replaceChildren(...moreButton(answer, hits));
}

/** Arrow keys walk from the field through the hits and back. */
function moveAmongHits(event: KeyboardEvent, stops: readonly HTMLElement[]): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const at = stops.findIndex((stop) => stop === event.target);
  if (at < 0) return;
  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
}

function moreButton(answer: Answer, hits: HTMLElement): readonly HTMLElement[] {
  let shown = stepHits;
  if (answer.total() <= shown) return [];
  const button = element('button', { type: 'button', class: 'btn more' });
  const name = (): void => {
    button.textContent = `Show ${Math.min(stepHits, answer.total() - shown)} more`;
  };
  name();
  button.addEventListener('click', () => {
    void answer.next(stepHits).then((next) => {
      const items = next.map(hitItem);
      hits.append(...items);
      shown += next.length;
      items[0]?.querySelector('a')?.focus();
      if (shown >= answer.total()) button.remove();
      else name();
    });
  });
  return [button];
}

function nothingFound(near: readonly string[], askFor: (query: string) => void): HTMLElement {
  if (near.length === 0) {
    const text = 'No word of the course is near to it. Fewer words find more; the contents of the book are on the first page.';
    return element('div', { class: 'said-no' }, element('p', {}, text));
  }
  const items = near.map((term) => {
    const button = element('button', { type: 'button', class: 'btn' }, term);
    button.addEventListener('click', () => {
      askFor(term);
    });
    return element('li', {}, button);
  });
  return element('div', { class: 'said-no' }, element('p', {}, 'The nearest words that the course does use:'), element('ul', {}, ...items));
}
