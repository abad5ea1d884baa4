import { element } from '../../../dom/element.ts';
import { unlike } from '../../../dom/unlike.ts';
import { draftPrefix } from '../../../reader/drafts.ts';
import { keepText, textOf } from '../../../reader/storage.ts';
import type { AnswerBy } from './lab.ts';

/** A field that an answer is typed into, and what is said below it. */
export interface TypedField {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly said: Element;
  readonly by: AnswerBy;
}

/** What a lab found. */
export interface Verdict {
  readonly right: boolean;
  readonly why?: string;
}

// Longer than any judge reads; what is longer is still in the field.
const draftLengthMax = 10_000;

/** The text of a question's field outlives the page, as texts of labs do; null: it holds nothing that is not kept as an answer. */
export function keepDraft(id: string, text: string | null): void {
  const isKept = text !== null && text.trim() !== '' && text.length <= draftLengthMax;
  keepText(`${draftPrefix}quiz-${id}`, isKept ? JSON.stringify({ answer: text }) : null);
}

/** What was typed before and is not judged yet. */
export function draftOf(id: string): string {
  try {
    const kept: unknown = JSON.parse(textOf(`${draftPrefix}quiz-${id}`) ?? 'null');
    return typeof kept === 'object' && kept !== null && 'answer' in kept && typeof kept.answer === 'string' ? kept.answer : '';
  } catch {
    return '';
  }
}

/** Readies a field: what judges is fetched as soon as somebody turns to it, and Ctrl or ⌘ with Enter checks, also where Enter alone begins a line. */
export function readyField({ field, by }: TypedField): void {
  field.addEventListener('focus', () => void import('./lab.ts').then(({ judgeOf }) => judgeOf(by)).catch(() => undefined), { once: true });
  field.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit();
  });
}

/** Says what a lab found. */
export function sayVerdict(said: Element, { right, why = '' }: Verdict): void {
  const verdict = right ? 'Right.' : 'Not quite.';
  said.replaceChildren(element('b', {}, verdict), unlike(`${verdict} ${why}`).slice(verdict.length));
}

/** Asks the lab; undefined when it cannot judge the text or cannot be fetched, which is said at the field. */
export async function askLab({ field, said, by }: TypedField): Promise<Verdict | undefined> {
  // Nothing is said of what takes no time.
  const waiting = setTimeout(() => (said.textContent = 'The lab is tried with it…'), 400);
  field.readOnly = true;
  field.removeAttribute('aria-invalid');
  try {
    const { judgeOf, showErrors } = await import('./lab.ts');
    const judgement = (await judgeOf(by))(field.value);
    if (!('errors' in judgement)) return judgement;
    field.ariaInvalid = 'true';
    showErrors(field, said, judgement.errors);
  } catch {
    said.textContent = unlike('The lab could not be fetched. Your answer is still here: check it again.');
  } finally {
    clearTimeout(waiting);
    field.readOnly = false;
  }
  return undefined;
}
