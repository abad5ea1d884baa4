import type { AnswerError, Judgement, Judges, Scenario } from '../../../../labs/lab.ts';
import { unlike } from '../../../dom/unlike.ts';
import { errorWords } from './error-words.ts';

// Fetched when a reader turns to a field: a lab with its models and readers is ten times what the questions are.

/** Who judges an answer: a judge of a lab, and the scenario that it is put into. */
export interface AnswerBy {
  readonly lab: string;
  readonly scenario: string;
  readonly judge: string;
}

const modules = import.meta.glob<{ readonly default: Judges }>('../../../../labs/*/judges.ts');

type Ask = (answer: string) => Judgement;
const known = new Map<string, Promise<Ask>>();

async function fetchJudge({ lab, scenario, judge: id }: AnswerBy): Promise<Ask> {
  const [module, answer] = await Promise.all([
    modules[`../../../../labs/${lab}/judges.ts`]?.(),
    fetch(`${document.documentElement.dataset.base ?? '/'}labs/${lab}/${scenario}.json`),
  ]);
  const judge = module?.default[id];
  if (!judge || !answer.ok) throw new Error(`${lab}/${scenario}: status ${answer.status}`);
  const { texts, seed } = (await answer.json()) as Pick<Scenario, 'texts' | 'seed'>;
  return (text) => judge.judge(texts, text, seed);
}

/** The judge, ready to be asked. Rejects when it cannot be fetched; asking again tries again. */
export function judgeOf(by: AnswerBy): Promise<Ask> {
  const key = Object.values(by).join('/');
  const before = known.get(key);
  if (before) return before;
  const asking = fetchJudge(by);
  known.set(key, asking);
  asking.catch(() => known.delete(key));
  return asking;
}

// One mistake leads to others; the first few say what to mend.
const errorsMax = 3;

/** Says what is wrong with an answer, and marks the first wrong stretch in its field. */
export function showErrors(field: HTMLInputElement | HTMLTextAreaElement, said: Element, errors: readonly AnswerError[]): void {
  // One text, a line for each: of several nodes that come at once a screen reader may say only the last.
  said.textContent = unlike(errors.slice(0, errorsMax).map(errorWords).join('\n'));
  const [first] = errors;
  if (!first) return;
  const lines = field.value.split('\n');
  const before = lines.slice(0, first.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const end = first.columnEnd ?? (lines[first.line - 1]?.length ?? 0) + 1;
  field.focus();
  field.setSelectionRange(before + first.column - 1, before + end - 1);
}
