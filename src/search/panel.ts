import { addressOf, type Asked } from './address.ts';
import type { Answer } from './answer.ts';
import { element } from '../dom/element.ts';
import { unlike } from '../dom/unlike.ts';
import { ask, knownTerms } from './engine.ts';
import { nothingFound, recentList } from './helps.ts';
import { countText, hitItem, kindChips } from './hits.ts';
import { nearestTerms } from './nearest.ts';
import { panelParts, type PanelParts } from './panel-parts.ts';
import { forgetQueries, keepQuery, recentQueries } from './recent.ts';

/** The search at work; `ask` puts a query into it. */
export interface Panel {
  readonly ask: (asked: Asked) => void;
}

interface PanelOptions {
  /** Hears each query that was answered. */
  readonly onAsked?: (asked: Asked) => void;
  /** Adds a button that calls it, and a link to the search's own page. */
  readonly close?: () => void;
}

const stepHits = 8;
const nearMax = 6;
/** The first query waits until a fast typist has a word: what it fetches is the most of a visit. */
const firstMs = 120;
/** Later ones fetch little and are answered within 60 ms of a key, this among them; keys that come at once are still one query. */
const nextMs = 25;
/** A screen reader that echoes letters is not talked over while somebody types. */
const statusMs = 700;

/** What an answer is shown with. */
interface Show {
  readonly parts: PanelParts;
  readonly say: (text: string) => void;
  /** Whether no later query was asked meanwhile. */
  readonly isMine: () => boolean;
  readonly ask: (asked: Asked) => void;
  readonly onAsked: (asked: Asked) => void;
}

/** Says what the count shows, once the typing rests. */
function speaker({ count, status }: PanelParts): (text: string) => void {
  let speaking = 0;
  return (text) => {
    count.textContent = text;
    clearTimeout(speaking);
    speaking = window.setTimeout(() => {
      status.textContent = unlike(text);
    }, statusMs);
  };
}

async function showFound(asked: Asked, { parts, say, isMine, ask: askAgain, onAsked }: Show): Promise<void> {
  const { query, kind } = asked;
  const answer = await ask(query, kind);
  const first = await answer.next(stepHits);
  if (!isMine()) return;
  const total = answer.total();
  // What helps is shown with the words that nothing was found, so that nothing below moves twice.
  const near = total > 0 ? [] : nearestTerms(query, await knownTerms(), nearMax);
  if (!isMine()) return;
  const choose = (next: string | undefined): void => {
    askAgain({ query, kind: next });
  };
  const count = (isAgain = false): void => {
    const [found, kinds] = [answer.total(), answer.kinds()];
    const text = found > 0 ? countText({ total: found, kinds, kind, readAs: answer.readAs }) : noneText(asked);
    parts.chips.replaceChildren(...kindChips(kinds, kind, choose));
    if (!isAgain || parts.count.textContent !== text) say(text);
  };
  count();
  showAnswer(parts, answer, first.map(hitItem), kind, () => {
    count(true);
  });
  parts.panel.dataset.answered = query;
  onAsked(asked);
  if (total > 0) return;
  const askFor = (term: string): void => {
    parts.input.focus();
    askAgain({ query: term, kind: undefined });
  };
  parts.rest.replaceChildren(nothingFound(near, askFor));
}

/** The start: what was searched for before. */
function showStart({ parts, say, ask: askAgain }: Show): void {
  showNothing(parts);
  const askFor = (query: string): void => {
    parts.input.focus();
    askAgain({ query, kind: undefined });
  };
  const forget = (): void => {
    forgetQueries();
    parts.rest.replaceChildren();
    parts.input.focus();
  };
  parts.rest.replaceChildren(...recentList(recentQueries(), askFor, forget));
  say('Chapters, labs, terms, commands, error messages. Error texts may be pasted as they are.');
}

/** Builds the panel around the field of a form; it shows something from the first `ask` on. */
export function createPanel(form: HTMLFormElement, { onAsked = () => undefined, close }: PanelOptions): Panel {
  const parts = panelParts(form, close);
  const { input, panel, hits, link } = parts;
  const say = speaker(parts);
  let asked: Asked = { query: '', kind: undefined };
  let runs = 0;
  let typing = 0;
  let isAnswered = false;
  let opensFirst = false;

  const run = (next: Asked): void => {
    clearTimeout(typing);
    const mine = (runs += 1);
    asked = next;
    isAnswered = false;
    link.href = `${document.documentElement.dataset.base ?? '/'}search/${addressOf(asked)}`;
    link.hidden = asked.query === '' || close === undefined;
    const show: Show = { parts, say, isMine: () => mine === runs, ask: askNow, onAsked };
    if (asked.query === '') {
      showStart(show);
      onAsked(asked);
      return;
    }
    const answered = (): void => {
      if (mine !== runs) return;
      isAnswered = true;
      if (opensFirst) openFirst(hits);
    };
    showFound(asked, show).then(answered, () => {
      if (mine === runs) showLost(parts, say);
    });
  };
  const askNow = (next: Asked): void => {
    if (input.value !== next.query) input.value = next.query;
    run({ query: next.query.trim(), kind: next.kind });
  };

  input.addEventListener('input', () => {
    clearTimeout(typing);
    opensFirst = isAnswered = false;
    typing = window.setTimeout(
      () => {
        run({ query: input.value.trim(), kind: undefined });
      },
      panel.dataset.answered === undefined ? firstMs : nextMs,
    );
  });
  panel.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isAnswered) openFirst(hits);
    else opensFirst = true;
    if (input.value.trim() !== asked.query) run({ query: input.value.trim(), kind: undefined });
  });
  // Heard by the document: of a list that listens for clicks itself, screen readers call each text "clickable".
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && hits.contains(target.closest('a'))) keepQuery(asked.query);
  });
  panel.addEventListener('keydown', (event) => {
    moveAmongHits(event, [input, ...hits.querySelectorAll('a')]);
    if (event.key === 'Escape' && close === undefined && input.value !== '') askNow({ query: '', kind: undefined });
  });
  return { ask: askNow };
}

/** Enter opens what stands first; Enter before the answer opens it as soon as it stands there, and never the first hit of an earlier query. */
function openFirst(hits: HTMLElement): void {
  hits.querySelector('a')?.click();
}

function showLost(parts: PanelParts, say: Show['say']): void {
  showNothing(parts);
  const hasIndex = !import.meta.env.DEV;
  say(hasIndex ? 'The search index could not be fetched. Is there a connection? Type on to try again.' : 'The search index is made by "npm run build".');
}

function noneText({ query, kind }: Asked): string {
  if (kind !== undefined) return `Nothing of the kind ${kind} found.`;
  return /\s/.test(query) ? 'Nothing found that holds these words.' : `Nothing found for “${query}”.`;
}

function showNothing({ filters, hits, rest }: PanelParts): void {
  filters.hidden = true;
  hits.replaceChildren();
  rest.replaceChildren();
}

function showAnswer({ filters, hits, rest }: PanelParts, answer: Answer, items: readonly HTMLElement[], kind: string | undefined, count: () => void): void {
  filters.hidden = kind === undefined && Object.keys(answer.kinds()).length < 2;
  hits.replaceChildren(...items);
  rest.replaceChildren(...moreButton(answer, hits, count));
}

/** Arrow keys walk from the field through the hits and back; Home and End go to the first and the last hit, but in the field they move the caret. */
function moveAmongHits(event: KeyboardEvent, stops: readonly HTMLElement[]): void {
  const at = stops.findIndex((stop) => stop === event.target);
  if (at < 0) return;
  const last = stops.length - 1;
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, ...(at > 0 && { Home: 1, End: last }) };
  const to = steps[event.key];
  if (to === undefined) return;
  event.preventDefault();
  stops[Math.min(last, Math.max(0, to))]?.focus();
}

/** `count` shows how many there are: some of those that come turn out to be no hits. */
function moreButton(answer: Answer, hits: HTMLElement, count: () => void): readonly HTMLElement[] {
  let shown = stepHits;
  if (answer.total() <= shown) return [];
  const button = element('button', { type: 'button', class: 'btn more' });
  const name = (): void => {
    button.textContent = `Show ${String(Math.min(stepHits, answer.total() - shown))} more`;
  };
  name();
  button.addEventListener('click', () => {
    void answer.next(stepHits).then((next) => {
      const items = next.map(hitItem);
      hits.append(...items);
      shown += next.length;
      items[0]?.querySelector('a')?.focus();
      count();
      if (shown >= answer.total()) button.remove();
      else name();
    });
  });
  return [button];
}
