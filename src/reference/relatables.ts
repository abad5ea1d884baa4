import type { Command } from './commands.ts';
import type { ErrorMessage } from './error-messages.ts';
import type { Term } from './glossary.ts';
import type { Relatable } from './related.ts';

/** A term, as a choice of related entries sees it. */
export const ofTerm = ({ id, chapter, term, also, is, more = '' }: Term): Relatable => ({ id, chapter, title: term, names: also, says: `${is} ${more}` });

/** A command: what its options and examples say counts too. */
export const ofCommand = ({ id, chapter, also, does, when, options, examples }: Command): Relatable => ({
  id,
  chapter,
  names: [...also, id.replaceAll('-', ' ')],
  says: [does, when, ...options.map((each) => each.does), ...examples.map((each) => each.does)].join(' '),
});

/** An error message. Nobody names it by its whole text, so only what people type for it counts as a name. */
export const ofError = ({ id, chapter, text, also, means, cause, fix }: ErrorMessage): Relatable => ({
  id,
  chapter,
  names: also,
  says: [text, means, cause, fix].join(' '),
});
