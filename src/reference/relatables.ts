import type { Command } from './commands.ts';
import type { ErrorMessage } from './error-messages.ts';
import type { Term } from './glossary.ts';
import type { Relatable } from './related.ts';

/** What stands in back-ticks. */
const codeIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** Words of ids that say what happened, or stand in so many that they say nothing. */
const idleWords: ReadonlySet<string> = new Set(
  'above error failed for found get had has invalid kubectl missing must name needs node not out pod taken timed timeout volume was'.split(' '),
);

/** What the entries of a list are about, by the words of their ids. */
const familyOf = (id: string): readonly string[] => id.split('-').filter((word) => word.length > 2 && !idleWords.has(word));

/** A term, as a choice of related entries sees it. */
export const ofTerm = ({ id, chapter, term, also, is, more = '' }: Term): Relatable => ({
  id,
  chapter,
  title: term,
  names: also,
  says: `${is} ${more}`,
  runs: codeIn(`${is} ${more}`),
});

/** A command: what its options and examples say counts too. */
export const ofCommand = ({ id, chapter, also, does, when, options, examples }: Command): Relatable => ({
  id,
  chapter,
  names: [...also, id.replaceAll('-', ' ')],
  says: [does, when, ...options.map((each) => each.does), ...examples.map((each) => each.does)].join(' '),
  runs: codeIn(`${does} ${when}`),
  family: familyOf(id).map((word) => `command ${word}`),
  runBy: id.replaceAll('-', ' '),
});

/** An error message. Nobody names it by its whole text, so only what people type for it counts as a name. */
export const ofError = ({ id, chapter, text, also, means, cause, fix, look }: ErrorMessage): Relatable => ({
  id,
  chapter,
  names: also,
  says: [text, means, cause, fix].join(' '),
  message: text,
  family: familyOf(id).map((word) => `error ${word}`),
  runs: [...look, ...codeIn([means, cause, fix].join(' '))],
});
