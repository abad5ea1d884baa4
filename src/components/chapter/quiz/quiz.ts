import { z } from 'astro/zod';
import { load } from 'js-yaml';
import type { Judge } from '../../../../labs/lab.ts';
import { judgedAnswer, sentenceOf } from './answers.ts';
import { settledState, type LabFiles } from '../settled-lab.ts';

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by "-"');
/** Every option says why, right or wrong: readers learn from the ones they did not choose. */
const judged = z.strictObject({ text, right: z.boolean(), why: text });
const unjudged = z.strictObject({ text, why: text });
const base = {
  id: slug,
  /** Ids of the course's plan. */
  covers: z.array(text).min(1),
  /** The heading of the chapter to read again. */
  section: slug,
  prompt: text,
  /** The question as a card of the review asks it, without choices, and what its back says. `{answer}`: what the lab found, or the example it judged. */
  recall: text,
  answer: text,
};
const asks = z.enum(['what', 'why']);

const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...base, kind: z.literal('choice'), asks, options: z.array(judged).min(2) }),
  z.strictObject({ ...base, kind: z.literal('many'), asks, options: z.array(judged).min(2) }),
  /** The options stand in their right order; readers see them mixed. */
  z.strictObject({ ...base, kind: z.literal('order'), asks, options: z.array(unjudged).min(3) }),
  /** A typed answer, judged by a lab that runs with it. `example` is a right one; of what people type wrongly, the lab `says` why. */
  z.strictObject({
    ...base,
    kind: z.literal('input'),
    asks,
    answerBy: z.strictObject({ lab: slug, scenario: slug, judge: slug }),
    example: text,
    wrong: z.array(z.strictObject({ text, says: text })).min(2),
  }),
  /** Which option is right is found by running a lab: the one that equals a fact of the settled state. */
  z.strictObject({ ...base, kind: z.literal('trace'), answerBy: z.strictObject({ lab: slug, scenario: slug, fact: text }), options: z.array(unjudged).min(2) }),
]);

/** A question as its author wrote it. */
export type WrittenQuestion = z.infer<typeof question>;

/** An option as readers see it. `place` is its right place in a question of kind `order`, from 1. */
export interface Option {
  readonly text: string;
  readonly why: string;
  readonly right: boolean;
  readonly place?: number;
}

/** A question with its answer. */
export interface Question {
  readonly id: string;
  readonly kind: WrittenQuestion['kind'];
  readonly covers: readonly string[];
  readonly section: string;
  readonly prompt: string;
  /** As a card of the review. */
  readonly card: { readonly front: string; readonly back: string };
  readonly options: readonly Option[];
  /** Of a typed answer: the field, and which judge of the lab is asked. The one option is a right answer. */
  readonly typed?: Pick<Judge, 'label' | 'lines'> & { readonly judge: string };
  /** Where readers can watch it happen. */
  readonly lab?: { readonly id: string; readonly scenario: string };
}

/** Reads a quiz.yaml. Throws with the question's id, the field and what was expected. */
export function readQuiz(source: string): WrittenQuestion[] {
  const list = z.array(z.looseObject({ id: text })).parse(load(source));
  return list.map((entry) => {
    const result = question.safeParse(entry);
    if (result.success) return result.data;
    throw new Error(`Question "${entry.id}": ${result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  });
}

// A right option that is longer than all others gives itself away. Chance alone would make it so in a third of the questions with three options.
const longestSharesMax = 0.4;
const longestTimesMax = 1.25;

/** Questions in which the length of the right option tells that it is right, as sentences. */
function tellingLengths(questions: readonly WrittenQuestion[]): string[] {
  const choices = questions.filter((entry) => entry.kind === 'choice');
  const longest = choices.flatMap(({ id, options }) => {
    const right = options.find((option) => option.right)?.text.length ?? 0;
    const other = Math.max(...options.filter((option) => !option.right).map((option) => option.text.length));
    return right > other ? [{ id, times: right / other }] : [];
  });
  return [
    ...longest
      .filter(({ times }) => times > longestTimesMax)
      .map(({ id, times }) => `"${id}": the right option is ${times.toFixed(2)} times as long as the next.`),
    ...(longest.length <= choices.length * longestSharesMax
      ? []
      : [
          `The right option is the longest in ${longest.length} of ${choices.length} questions (${longest.map(({ id }) => id).join(', ')}); at most 40 % may be.`,
        ]),
  ];
}

/** What is wrong with the questions of a chapter, as sentences; empty when all is well. */
export function quizFaults(questions: readonly WrittenQuestion[]): string[] {
  const ids = questions.map((entry) => entry.id);
  const reasons = questions.filter((entry) => entry.kind === 'trace' || entry.asks === 'why').length;
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `The id "${id}" is used twice.`),
    ...(questions.length >= 12 ? [] : [`${questions.length} questions; a chapter has at least 12.`]),
    ...(reasons >= questions.length * 0.6 ? [] : [`${reasons} of ${questions.length} questions ask why or trace; at least 60 % should.`]),
    ...tellingLengths(questions),
    ...questions.flatMap((entry) => {
      if (entry.kind === 'input') return [];
      const texts = entry.options.map((option) => option.text);
      const twice = texts.some((option, index) => texts.indexOf(option) !== index) ? [`"${entry.id}" has the same option twice.`] : [];
      if (entry.kind === 'order' || entry.kind === 'trace') return twice;
      const right = entry.options.filter((option) => option.right).length;
      const wanted = entry.kind === 'choice' ? right === 1 : right >= 1 && right < entry.options.length;
      return wanted ? twice : [...twice, `"${entry.id}" (${entry.kind}) has ${right} right options of ${entry.options.length}.`];
    }),
  ];
}

/** Spreads options over the places, the same way at every build (FNV-1a over the id and the text). */
function mixed<T extends { readonly text: string }>(id: string, options: readonly T[]): T[] {
  const weight = (option: T): number => {
    let hash = 0x811c9dc5;
    for (const character of `${id}/${option.text}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  };
  return [...options].sort((one, other) => weight(one) - weight(other));
}

/** The value of a fact of a settled lab. Throws, with the facts there are, when it is missing. */
export function traceFact(files: LabFiles, by: { readonly lab: string; readonly scenario: string; readonly fact: string }): string {
  const state = settledState(files, by.lab, by.scenario);
  const facts = files.labs[by.lab]?.describe(state).facts ?? [];
  const fact = facts.find((entry) => entry.label === by.fact);
  if (!fact) throw new Error(`The lab "${by.lab}" states no fact "${by.fact}". Facts: ${facts.map((entry) => entry.label).join(', ')}.`);
  return fact.value;
}

/** The question's card. Throws when its answer is written by hand although a lab finds it, or the other way round. */
function cardOf({ id, kind, recall, answer }: WrittenQuestion, found?: string): Question['card'] {
  const hole = '{answer}';
  if (answer.includes(hole) !== (found !== undefined))
    throw new Error(
      `Question "${id}" (${kind}): ${found === undefined ? `no lab finds its answer: write it in place of ${hole}` : `write ${hole} in \`answer\` where "${found}" belongs`}.`,
    );
  return { front: recall, back: answer.replace(hole, found ?? '') };
}

/** A question with its answer and its options in the order in which readers see them. Throws when a lab's answer is none of the options. */
export function answered(entry: WrittenQuestion, files: LabFiles): Question {
  const { id, kind, covers, section, prompt } = entry;
  const common = { id, kind, covers, section, prompt };
  if (entry.kind === 'input') {
    const { lab, scenario, judge } = entry.answerBy;
    const { verdict, label, lines } = judgedAnswer(files, entry.answerBy, entry.example);
    if ('errors' in verdict || !verdict.right) throw new Error(`Question "${id}": its example is not right: ${sentenceOf(verdict)}`);
    const options = [{ text: entry.example, why: verdict.why, right: true }];
    return { ...common, card: cardOf(entry, entry.example), typed: { label, lines, judge }, lab: { id: lab, scenario }, options };
  }
  if (entry.kind === 'trace') {
    const { lab, scenario } = entry.answerBy;
    const value = traceFact(files, entry.answerBy);
    if (!entry.options.some((option) => option.text === value))
      throw new Error(`Question "${id}": the lab answers "${value}", which is none of ${entry.options.map((option) => option.text).join(', ')}.`);
    const options = entry.options.map((option) => ({ ...option, right: option.text === value }));
    return { ...common, card: cardOf(entry, value), lab: { id: lab, scenario }, options };
  }
  const card = cardOf(entry);
  if (entry.kind === 'order') {
    const placed = entry.options.map((option, index) => ({ ...option, right: true, place: index + 1 }));
    const shown = mixed(id, placed);
    // Chance may leave them as they were.
    return { ...common, card, options: shown.every((option, index) => option.place === index + 1) ? shown.reverse() : shown };
  }
  return { ...common, card, options: mixed(id, entry.options) };
}
