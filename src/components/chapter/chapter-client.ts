// What the parts of a chapter do once scripts run: listings, terms, tabs, questions. In one file, for each of its own would cost a chapter 0.15 kB more.
// 2.5 kB gzip at most, together with the quiz.
import '../reference/term-intent.ts';
import './listing-intent.ts';
import { startQuiz } from './quiz/client.ts';
import './tabs-intent.ts';

for (const quiz of document.querySelectorAll<HTMLElement>('.quiz')) startQuiz(quiz);
