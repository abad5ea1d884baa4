import { startQuestion } from './quiz-question.ts';

/** Starts the questions of a chapter: one at a time, the numbers to go to any of them, and the next button. */
export function startQuiz(quiz: HTMLElement): void {
  const items = [...quiz.querySelectorAll<HTMLElement>('.quiz-item')];
  const links = [...quiz.querySelectorAll<HTMLAnchorElement>('.quiz-steps a')];
  const paint = (): void => {
    links.forEach((link, index) => {
      const state = items[index]?.dataset.answered ?? '';
      link.dataset.answered = state;
      link.ariaLabel = `Question ${index + 1}${state && `, ${state}`}`;
    });
  };
  const go = (index: number): void => {
    items.forEach((item, each) => {
      item.classList.toggle('current', each === index);
      if (each === index) links[each]?.setAttribute('aria-current', 'true');
      else links[each]?.removeAttribute('aria-current');
    });
  };
  const goAndRead = (index: number): void => {
    go(index);
    items[index]?.querySelector('legend')?.focus();
  };
  items.forEach((item, index) => {
    startQuestion(item, `${quiz.dataset.chapter ?? ''}/${item.id.replace('quiz-', '')}`, paint);
    item.querySelector('[data-next]')?.addEventListener('click', () => {
      goAndRead((index + 1) % items.length);
    });
  });
  quiz.addEventListener('click', (event) => {
    const index = links.findIndex((link) => link === event.target);
    if (index < 0) return;
    event.preventDefault();
    goAndRead(index);
  });
  const asked = items.findIndex((item) => `#${item.id}` === location.hash);
  const open = items.findIndex((item) => !item.dataset.answered);
  go(Math.max(asked >= 0 ? asked : open, 0));
  paint();
}
