// What the parts of a chapter do once scripts run: copy listings, ask questions. 2.5 kB gzip at most, together with the quiz.
import { listingText } from './listing-text.ts';
import { startQuiz } from './quiz-client.ts';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener('click', () => {
    const pre = button.closest('.code')?.querySelector('pre');
    if (!pre) return;
    const commands = [...pre.querySelectorAll('.command')].map((command) => command.textContent);
    void navigator.clipboard.writeText(commands.length > 0 ? commands.join('\n') : listingText(pre)).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Not allowed here'),
    );
    setTimeout(() => (button.textContent = label), 2_000);
  });
}
for (const quiz of document.querySelectorAll<HTMLElement>('.quiz')) startQuiz(quiz);
