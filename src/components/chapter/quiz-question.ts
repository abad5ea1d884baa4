import { answersThing, withAnswer, type Given } from '../../reader/answers.ts';
import { dayOf } from '../../reader/local-day.ts';
import { queueThing, withLook } from '../../reader/queue.ts';
import { change, load } from '../../reader/storage.ts';
import { isRight, missing, type Judged } from './quiz-judge.ts';

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
  readonly options: readonly HTMLElement[];
  /** Open: the reasons are shown. Without scripts it is what readers click. */
  readonly answer: HTMLDetailsElement;
  readonly check: HTMLButtonElement;
  readonly said: Element;
  readonly question: Judged;
}

function findParts(item: HTMLElement): Parts | undefined {
  const options = [...item.querySelectorAll<HTMLElement>('.opt')];
  const answer = item.querySelector('details');
  const check = item.querySelector<HTMLButtonElement>('[data-check]');
  const said = item.querySelector('[role="status"]');
  if (!answer || !check || !said) return undefined;
  const question: Judged = {
    kind: item.dataset.kind ?? '',
    right: options.map((option) => 'right' in option.dataset),
    places: options.map((option) => Number(option.dataset.place)),
    accept: (item.dataset.accept ?? '').split('\n'),
  };
  return { item, inputs: [...item.querySelectorAll('input')], options, answer, check, said, question };
}

function collect({ question, inputs }: Parts, order: readonly number[]): Given {
  if (question.kind === 'input') return inputs[0]?.value.trim() ?? '';
  return question.kind === 'order' ? order : inputs.flatMap((input, index) => (input.checked ? [index] : []));
}

/** Puts a remembered answer back into the fields. */
function fill({ question, inputs }: Parts, given: Given): void {
  inputs.forEach((input, index) => {
    if (question.kind === 'input') input.value = typeof given === 'string' ? given : '';
    else input.checked = typeof given !== 'string' && given.includes(index);
  });
}

/** In a question about order each chosen option shows its number. */
function paintNumbers({ question, options }: Parts, order: readonly number[]): void {
  if (question.kind !== 'order') return;
  options.forEach((option, index) => {
    const label = option.querySelector('label');
    if (label) label.dataset.given = order.includes(index) ? String(order.indexOf(index) + 1) : '';
  });
}

function showAnswer({ item, question, inputs, options, answer, check, said }: Parts, given: Given): boolean {
  const right = isRight(question, given);
  answer.open = true;
  item.dataset.answered = right ? 'right' : 'wrong';
  options.forEach((option, index) => {
    // In a question about order every option is chosen; `mine` are those in their right place.
    const mine = typeof given !== 'string' && (question.kind === 'order' ? given[(question.places[index] ?? 0) - 1] === index : given.includes(index));
    option.classList.toggle('mine', mine);
  });
  // A field that is switched off would drop the focus to the top of the page.
  if (inputs.some((input) => input === document.activeElement)) check.focus();
  for (const input of inputs) input.disabled = true;
  said.textContent = right ? 'Right.' : 'Not quite. The reasons stand with the answers.';
  check.textContent = 'Try again';
  return right;
}

function hideAnswer({ item, inputs, options, answer, check, said }: Parts): void {
  answer.open = false;
  delete item.dataset.answered;
  for (const input of inputs) input.disabled = false;
  for (const option of options) option.classList.remove('mine');
  said.textContent = '';
  check.textContent = 'Check';
}

/** Keeps an answer under `id`; missed or known, the question comes back in the review. */
function keep(id: string, given: Given, right: boolean): void {
  const now = new Date();
  change(answersThing, (answers) => withAnswer(answers, id, { given, right, at: now.getTime() }));
  // The style guide asks, too, but nobody learns from it.
  if (!id.startsWith('sample/')) change(queueThing, (queue) => withLook(queue, id, right, dayOf(now)));
}

/** Lets one question be answered and remembers the answer under `id`; `changed` is called whenever it is answered or asked anew. */
export function startQuestion(item: HTMLElement, id: string, changed: () => void): RunningQuestion | undefined {
  const parts = findParts(item);
  if (!parts) return undefined;
  let order: readonly number[] = [];

  const clear = (): void => {
    hideAnswer(parts);
    order = [];
    fill(parts, '');
    paintNumbers(parts, order);
  };
  const askAgain = (): void => {
    clear();
    change(answersThing, (answers) => withAnswer(answers, id, undefined));
    changed();
  };
  const follow = (): void => {
    const kept = load(answersThing).answers[id];
    if (!kept) {
      if (item.dataset.answered) clear();
      return;
    }
    order = typeof kept.given === 'string' ? [] : kept.given;
    fill(parts, kept.given);
    paintNumbers(parts, order);
    showAnswer(parts, kept.given);
  };

  item.addEventListener('change', (event) => {
    const index = parts.inputs.findIndex((input) => input === event.target);
    const others = order.filter((each) => each !== index);
    order = parts.inputs[index]?.checked ? [...others, index] : others;
    paintNumbers(parts, order);
    // The numbers are painted; whoever hears the page is told the count.
    if (parts.question.kind === 'order') parts.said.textContent = `${order.length} of ${parts.inputs.length} in order.`;
  });
  item.addEventListener('submit', (event) => {
    event.preventDefault();
    if (item.dataset.answered) {
      askAgain();
      parts.inputs[0]?.focus();
      return;
    }
    const given = collect(parts, order);
    const lack = missing(parts.question, given);
    if (lack !== undefined) {
      parts.said.textContent = lack;
      return;
    }
    keep(id, given, showAnswer(parts, given));
    changed();
  });
  follow();
  const state = (): 'right' | 'wrong' | undefined => item.dataset.answered as 'right' | 'wrong' | undefined;
  return { state, askAgain, follow };
}
