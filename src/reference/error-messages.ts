import { z } from 'astro/zod';
import { also, chapterPlace, id, labPlace, text } from './fields.ts';
import { readEntries, readEntriesOf, type ListKind } from './entry-list.ts';

const file = 'content/data/error-messages.yaml';
const hole = /\{[^}]*\}/g;
const knownHole = /^\{(n|name|address|path|text)\}$/;

const entry = z
  .strictObject({
    id,
    /** As a program prints it; {n} stands for a number, {name} for a name, {address}, {path}, {text}. */
    text: text(300),
    /** A real instance of it, where the text has holes. */
    example: text(400).optional(),
    /** Who prints it. */
    by: text(100),
    means: text(300),
    cause: text(400),
    fix: text(500),
    /** Commands that show more. */
    look: z.array(text(240)).max(4).default([]),
    also,
    chapter: chapterPlace,
    lab: labPlace.optional(),
    /** What the lab says there: this message, or in words of its own the situation that the message tells of. tests/error-labs.test.ts plays it. */
    shows: z.union([z.literal('message'), z.strictObject({ situation: text(80) })]).optional(),
    /** What the reader does in the lab before it shows; without it, the runs of the scenario show it. */
    first: text(140).optional(),
  })
  .superRefine(({ text: words, example, lab, shows, first }, context) => {
    if ((lab === undefined) !== (shows === undefined))
      context.addIssue({
        code: 'custom',
        path: ['shows'],
        message: 'expected with a lab, and only with one: `message`, or the `situation` in the words of the lab',
      });
    if (first !== undefined && lab === undefined) context.addIssue({ code: 'custom', path: ['first'], message: 'expected only with a lab' });
    const strange = (words.match(hole) ?? []).filter((each) => !knownHole.test(each));
    if (strange.length > 0)
      context.addIssue({ code: 'custom', path: ['text'], message: `expected the holes {n}, {name}, {address}, {path} or {text}, found ${strange.join(', ')}` });
    if (example === undefined && (words.match(hole) ?? []).length > 0)
      context.addIssue({ code: 'custom', path: ['example'], message: 'expected a real instance, as the text has holes' });
  });

/** An error text that readers meet. */
export type ErrorMessage = z.infer<typeof entry>;

const kind: ListKind<ErrorMessage> = { file, entry };

/** Two entries with one text would both claim what a reader pastes. */
function checkTexts(messages: readonly ErrorMessage[]): readonly ErrorMessage[] {
  const owners = new Map<string, string>();
  for (const { id: own, text: words } of messages) {
    const owner = owners.get(words);
    if (owner !== undefined) throw new Error(`${file}: "${own}", text: "${owner}" has the same text`);
    owners.set(words, own);
  }
  return messages;
}

/** Reads a list of error messages. Throws with file, message, field and what was expected. */
export const readErrorMessages = (yaml: string): readonly ErrorMessage[] => checkTexts(readEntries(kind, yaml));

/** The messages of content/data/error-messages.yaml, in the order of the file; none when there is no such file. */
export const errorMessages = (): readonly ErrorMessage[] => checkTexts(readEntriesOf(kind));
