import { element } from '../../../dom/element.ts';
import { unlike } from '../../../dom/unlike.ts';
import { answersThing, withAnswer, type Given } from '../../../reader/answers.ts';
import { dayOf } from '../../../reader/local-day.ts';
import { queueThing, withLook } from '../../../reader/queue.ts';
import { change, load } from '../../../reader/storage.ts';
import { stateHash } from '../../../lab-player/state-hash.ts';
import { isRight, missing, type Judged } from './judge.ts';
import { arrangeSteps, tellMine } from './told.ts';
import { askLab, draftOf, readyField, keepDraft, sayVerdict, type TypedField, type Verdict } from './typed.ts';

/** A question that can be answered. */
export interface RunningQuestion {
  /** How it is answered; undefined: not yet. */
  readonly state: () => 'right' | 'wrong' | undefined;
  /** Forgets the answer and asks anew. */
  readonly askAgain: () => void;
  /** Shows what another tab answered. */
  readonly follow: () => void;
}

/** The elements of one question, as Quiz.astro writes them. */
interface Parts {
  readonly item: HTMLElement;
  readonly inputs: readonly HTMLInputElement[];
  /** Instead of these, where the answer is typed. */
  readonly typed: TypedField | undefined;
  readonly options: readonly HTMLElement[];
  /** Open: the reasons are shown. Without scripts it is what readers click. */
  readonly answer: HTMLDetailsElement;
  readonly check: HTMLButtonElement;
  readonly next: HTMLButtonElement;
  readonly said: HTMLElement;
  readonly question: Judged;
  /** Which options stand where. Another one: the question has changed. */
  readonly print: string;
}

/**
 * Makes the place where the verdict stands: between what is answered and the reasons, which are read on from there. The box takes the focus and is silent
 * itself; the text in it is said whole when it comes, of a text that takes the focus Orca says only the first line.
 */
function makeSaid(item: HTMLElement, answer: HTMLDetailsElement): HTMLElement {
  const said = element('p', { id: `${item.id}-said`, 'aria-live': 'polite' });
  answer.before(element('div', { class: 'verdict', tabindex: '-1' }, said));
  // With the buttons in it the group is not left and entered between Check and the verdict: the question would be said once more before it.
  const row = item.querySelector(':scope > .row');
  if (row) answer.parentElement?.append(row);
  return said;
}

function findParts(item: HTMLElement): Parts | undefined {
  const options = [...item.querySelectorAll<HTMLElement>('.opt')];
  const answer = item.querySelector('details');
  const check = item.querySelector<HTMLButtonElement>('[data-check]');
  const next = item.querySelector<HTMLButtonElement>('[data-next]');
  if (!answer || !check || !next) return undefined;
  const said = makeSaid(item, answer);
  const question: Judged = {
    kind: item.dataset.kind ?? '',
    right: options.map((option) => 'right' in option.dataset),
    places: options.map((option) => Number(option.dataset.place)),
  };
  const typed = findTyped(item, said);
  const print = stateHash(options.map((option) => option.querySelector('label')?.textContent));
  return { item, inputs: typed ? [] : [...item.querySelectorAll('input')], typed, options, answer, check, next, said, question, print };
}

function findTyped(item: HTMLElement, said: HTMLElement): TypedField | undefined {
  const field = item.querySelector<HTMLInputElement | HTMLTextAreaElement>('.input');
  // The link below the question says where the answer can be tried out.
  const [, lab = '', scenario = ''] = /([^/]+)\/#scenario=(.*)/.exec(item.querySelector('.row a')?.getAttribute('href') ?? '') ?? [];
  if (!field) return undefined;
  field.setAttribute('aria-describedby', said.id);
  return { field, said, by: { lab, scenario, judge: item.dataset.judge ?? '' } };
}

function collect({ question, inputs, typed }: Parts, order: readonly number[]): Given {
  if (typed) return typed.field.value;
  return question.kind === 'order' ? order : inputs.flatMap((input, index) => (input.checked ? [index] : []));
}

/** Puts a remembered answer back into the fields. */
function fill({ inputs, typed }: Parts, given: Given): void {
  if (typed && typeof given === 'string') typed.field.value = given;
  inputs.forEach((input, index) => (input.checked = typeof given !== 'string' && given.includes(index)));
}

/** In a question about order each chosen option shows its number. */
function paintNumbers({ question, options }: Parts, order: readonly number[]): void {
  if (question.kind !== 'order') return;
  options.forEach((option, index) => {
    const label = option.querySelector('label');
    if (label) label.dataset.given = order.includes(index) ? String(order.indexOf(index) + 1) : '';
  });
}

/** Shows whether the answer is right, and why. Of a typed one a lab has said it; who was wrong may look at a right answer or try again without. */
function showAnswer({ item, question, inputs, typed, options, answer, check, next, said }: Parts, given: Given, { right, why }: Verdict): void {
  // What is switched off or moved would drop the focus to the top of the page.
  const hadFocus = item.contains(document.activeElement);
  const example = typed && options[0]?.querySelector('code')?.textContent;
  answer.open = !typed || (right && example !== String(given).trim());
  item.dataset.answered = right ? 'right' : 'wrong';
  if (typeof given !== 'string') tellMine(question, options, given);
  if (question.kind === 'order') arrangeSteps(options, true);
  for (const input of inputs) input.disabled = true;
  if (typed) typed.field.readOnly = true;
  const below = question.kind === 'order' ? 'Below, the steps stand in their right order, with the reasons.' : 'The reasons stand with the answers.';
  sayVerdict(said, { right, why: why ?? (right ? '' : below) });
  check.textContent = 'Try again';
  next.after(check);
  next.classList.add('go');
  check.classList.remove('go');
  if (hadFocus) said.parentElement?.focus();
}

function hideAnswer({ item, question, inputs, typed, options, answer, check, next, said }: Parts): void {
  answer.open = false;
  delete item.dataset.answered;
  for (const input of inputs) input.disabled = false;
  if (typed) typed.field.readOnly = false;
  tellMine(question, options, undefined);
  if (question.kind === 'order') arrangeSteps(options, false);
  said.textContent = '';
  check.textContent = 'Check';
  next.before(check);
  check.classList.add('go');
  next.classList.remove('go');
}

/** Keeps an answer under `id`; missed or known, the question comes back in the review. */
function keep({ print }: Parts, id: string, given: Given, { right, why }: Verdict): void {
  const now = new Date();
  const more = { ...(why !== undefined && { why }), ...(typeof given !== 'string' && { of: print }) };
  change(answersThing, (answers) => withAnswer(answers, id, { given, right, at: now.getTime(), ...more }));
  // The style guide asks, too, but nobody learns from it.
  if (!id.startsWith('sample/')) change(queueThing, (queue) => withLook(queue, id, right, dayOf(now)));
  if (typeof given === 'string') keepDraft(id, null);
}

/** Forgets an answer, and asks anew. */
function forget(id: string): void {
  change(answersThing, (answers) => withAnswer(answers, id, undefined));
}

/** What is given is right or wrong; undefined: it cannot be judged yet, which was said. */
async function verdictOn({ question, typed, said }: Parts, given: Given): Promise<Verdict | undefined> {
  const lack = missing(question, given);
  if (lack !== undefined) said.textContent = unlike(lack);
  else if (typed) return askLab(typed);
  else if (typeof given !== 'string') return { right: isRight(question, given) };
  return undefined;
}

/** Shows the answer that is kept, if one is; whether there is one. An answer of another kind, or to other options, is none: the question has changed since. */
function showKept(parts: Parts, id: string): readonly number[] | undefined {
  const kept = load(answersThing).answers[id];
  if (!kept || (typeof kept.given === 'string') !== (parts.typed !== undefined) || (kept.of ?? parts.print) !== parts.print) return undefined;
  const order = typeof kept.given === 'string' ? [] : kept.given;
  fill(parts, kept.given);
  paintNumbers(parts, order);
  showAnswer(parts, kept.given, typeof kept.given === 'string' ? kept : { right: isRight(parts.question, kept.given) });
  return order;
}

/** Lets one question be answered and remembers the answer under `id`; `changed` is called whenever it is answered or asked anew. */
export function startQuestion(item: HTMLElement, id: string, changed: () => void): RunningQuestion | undefined {
  const parts = findParts(item);
  if (!parts) return undefined;
  const { typed, inputs, question } = parts;
  let order: readonly number[] = [];

  const clear = (): void => {
    hideAnswer(parts);
    order = [];
    fill(parts, '');
    paintNumbers(parts, order);
  };
  const askAgain = (): void => {
    clear();
    forget(id);
    changed();
  };
  const follow = (): void => {
    const kept = showKept(parts, id);
    if (!kept && item.dataset.answered) clear();
    order = kept ?? order;
  };
  const check = async (): Promise<void> => {
    const given = collect(parts, order);
    const verdict = await verdictOn(parts, given);
    // Somebody was faster: the answer was given in another tab.
    if (!verdict || item.dataset.answered) return;
    showAnswer(parts, given, verdict);
    // Safari gives a button that is pressed no focus.
    parts.said.parentElement?.focus();
    keep(parts, id, given, verdict);
    changed();
  };

  item.addEventListener('change', (event) => {
    const index = inputs.findIndex((input) => input === event.target);
    const others = order.filter((each) => each !== index);
    order = inputs[index]?.checked ? [...others, index] : others;
    paintNumbers(parts, order);
    // The numbers are painted; whoever hears the page is told the count.
    if (question.kind === 'order') parts.said.textContent = `${order.length} of ${inputs.length} in order.`;
  });
  item.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!item.dataset.answered) {
      void check();
      return;
    }
    // Enter in a field that can only be read is no wish to answer anew: that has its button.
    if (typed?.field === document.activeElement) return;
    // What was typed stays: mostly it lacks little.
    const text = typed?.field.value ?? '';
    askAgain();
    fill(parts, text);
    (typed?.field ?? inputs[0])?.focus();
  });
  if (typed) startField(parts, typed, id);
  follow();
  return { state: () => item.dataset.answered as 'right' | 'wrong' | undefined, askAgain, follow };
}

/** The field begins with what was typed on an earlier visit, and keeps what is typed now. */
function startField({ said }: Parts, typed: TypedField, id: string): void {
  const { field } = typed;
  if (field.value === '') field.value = draftOf(id);
  readyField(typed);
  field.addEventListener('input', () => {
    keepDraft(id, field.value);
    // What was said is about another text.
    said.textContent = '';
    field.removeAttribute('aria-invalid');
  });
}
