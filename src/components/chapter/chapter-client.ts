// What the parts of a chapter do once scripts run: copy listings, ask questions. 2.5 kB gzip at most, together with the quiz.
import { startQuiz } from './quiz-client.ts';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener('click', () => {
    const code = button.closest('.code')?.querySelector('pre')?.cloneNode(true) as HTMLElement | undefined;
    if (!code) return;
    const commands = [...code.querySelectorAll('.command')].map((command) => command.textContent);
    for (const mark of code.querySelectorAll('.co')) mark.remove();
    void navigator.clipboard.writeText(commands.length > 0 ? commands.join('\n') : code.textContent).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Not allowed here'),
    );
    setTimeout(() => (button.textContent = label), 2_000);
  });
}
for (const quiz of document.querySelectorAll<HTMLElement>('.quiz')) startQuiz(quiz);
