import { element } from '../../../dom/element.ts';
import { answersThing } from '../../../reader/answers.ts';
import { onOtherTab } from '../../../reader/storage.ts';
import { startQuestion, type RunningQuestion } from './question.ts';

/** The line below the questions once all are answered: how many are right, and the way to go over them again. */
function makeResult(quiz: HTMLElement, again: (onlyMissed: boolean) => void): (running: readonly RunningQuestion[]) => void {
  // Empty and in sight before there is anything to say: a region that comes together with its words is not heard.
  const words = element('b', { id: 'right-of-all', 'aria-live': 'polite' });
  const button = (onlyMissed: boolean): HTMLButtonElement => {
    const made = element('button', { type: 'button', class: 'btn', 'aria-describedby': words.id });
    made.addEventListener('click', () => {
      again(onlyMissed);
    });
    return made;
  };
  const missed = button(true);
  const all = button(false);
  all.textContent = 'All questions again';
  quiz.append(element('div', { class: 'row result' }, words, missed, all));
  let later = 0;
  return (running) => {
    const states = running.map(({ state }) => state());
    const wrong = states.filter((state) => state === 'wrong').length;
    all.hidden = states.includes(undefined);
    const result = all.hidden ? '' : `${states.length - wrong} of ${states.length} right.`;
    const show = (): void => {
      words.textContent = result;
    };
    clearTimeout(later);
    // After the verdict on the last question: of two texts that come at once the second was said first.
    if (result !== '' && quiz.contains(document.activeElement)) later = window.setTimeout(show, 300);
    else show();
    missed.hidden = all.hidden || wrong === 0;
    missed.textContent = wrong === 1 ? 'The missed one again' : `The ${wrong} missed again`;
  };
}

/** Runs the questions of a chapter: one at a time, the numbers to go to any of them, the next button, and all of it again. */
export function runQuiz(quiz: HTMLElement): void {
  const items = [...quiz.querySelectorAll<HTMLElement>('.quiz-item')];
  const links = [...quiz.querySelectorAll<HTMLAnchorElement>('.quiz-steps a')];
  const go = (index: number): void => {
    items.forEach((item, each) => {
      item.classList.toggle('current', each === index);
      if (each === index) links[each]?.setAttribute('aria-current', 'true');
      else links[each]?.removeAttribute('aria-current');
    });
  };
  const goAndRead = (index: number): void => {
    go(index);
    const question = items[index]?.querySelector('fieldset');
    if (!question) return;
    // The group itself: its name, the question, is said when it takes the focus; of a legend Orca says nothing.
    question.tabIndex = -1;
    question.focus({ preventScroll: true });
    question.querySelector('legend')?.scrollIntoView({ block: 'nearest' });
    // An address that names a question names the one that is shown: a link to the one before is a change, and a reload stays.
    if (location.hash.startsWith('#quiz-')) history.replaceState(history.state, '', `#${items[index]?.id ?? ''}`);
  };
  const asked = (): number => items.findIndex((item) => `#${item.id}` === location.hash);
  links.forEach((link, index) => {
    link.hash = items[index]?.id ?? '';
    // On each link: a listener on the quiz would have every text in it called clickable.
    link.addEventListener('click', (event) => {
      event.preventDefault();
      goAndRead(index);
    });
  });
  const running: RunningQuestion[] = [];
  const showResult = makeResult(quiz, (onlyMissed) => {
    const chosen = running.flatMap((question, index) => (!onlyMissed || question.state() === 'wrong' ? [index] : []));
    for (const index of chosen) running[index]?.askAgain();
    goAndRead(chosen[0] ?? 0);
  });
  const paint = (): void => {
    links.forEach((link, index) => {
      const state = items[index]?.dataset.answered ?? '';
      link.dataset.answered = state;
      link.ariaLabel = `Question ${index + 1}${state && `, ${state}`}`;
    });
    showResult(running);
  };
  items.forEach((item, index) => {
    const question = startQuestion(item, `${quiz.dataset.chapter ?? ''}/${item.id.replace('quiz-', '')}`, paint);
    if (question) running.push(question);
    item.querySelector('[data-next]')?.addEventListener('click', () => {
      // On to one that is open, also past the end; when all are answered simply on.
      const order = items.map((_item, step) => (index + 1 + step) % items.length);
      goAndRead(order.find((each) => !items[each]?.dataset.answered) ?? order[0] ?? 0);
    });
  });
  onOtherTab([answersThing], () => {
    for (const question of running) question.follow();
    paint();
  });
  addEventListener('hashchange', () => {
    if (asked() >= 0) goAndRead(asked());
  });
  const open = items.findIndex((item) => !item.dataset.answered);
  go(Math.max(asked() >= 0 ? asked() : open, 0));
  paint();
}
