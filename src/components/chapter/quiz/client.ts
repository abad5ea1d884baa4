/**
 * Starts the questions of a chapter once they are within a screen of what is seen; most readers of a page never come that far. What was clicked before
 * the code was there is done then.
 */
export function startQuiz(quiz: HTMLElement): void {
  let held: HTMLElement | undefined;
  const hold = (event: Event): void => {
    const target = (event.target as Element).closest<HTMLElement>('button, .quiz-steps a');
    if (!target) return;
    event.preventDefault();
    held = target;
  };
  quiz.addEventListener('click', hold);
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      void import('./run-quiz.ts').then(({ runQuiz }) => {
        quiz.removeEventListener('click', hold);
        runQuiz(quiz);
        held?.click();
      });
    },
    { rootMargin: '100%' },
  );
  watch.observe(quiz);
  // A link to a question that is not the first leads to something hidden, so the browser stays where it is.
  const come = (): void => {
    if (location.hash.startsWith('#quiz-')) quiz.scrollIntoView();
  };
  addEventListener('hashchange', come);
  come();
}
