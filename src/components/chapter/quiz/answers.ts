import type { Judge, Judgement } from '../../../../labs/lab.ts';
import { errorWords } from './error-words.ts';
import { scenarioStart, type LabFiles } from '../settled-lab.ts';

/** What a lab says to an answer, with the field that it is typed into. Throws, with the ids that exist, when there is no such judge or scenario. */
export function judgedAnswer(
  files: LabFiles,
  by: { readonly lab: string; readonly scenario: string; readonly judge: string },
  answer: string,
): Pick<Judge, 'label' | 'lines'> & { readonly verdict: Judgement } {
  const judges = files.judges?.[by.lab];
  const judge = judges?.[by.judge];
  if (!judge) throw new Error(`The lab "${by.lab}" has no judge "${by.judge}". Judges: ${Object.keys(judges ?? {}).join(', ') || 'none'}.`);
  const { texts, seed } = scenarioStart(files, by.lab, by.scenario);
  return { label: judge.label, lines: judge.lines, verdict: judge.judge(texts, answer, seed) };
}

/** A judgement as one text. */
export function sentenceOf(verdict: Judgement): string {
  return 'errors' in verdict ? verdict.errors.map(errorWords).join(' ') : verdict.why;
}
