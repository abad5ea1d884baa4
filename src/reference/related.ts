/** What a choice of related entries looks at: where an entry is taught, what it is called, and all that it says. */
export interface Relatable {
  readonly id: string;
  /** Chapter, and heading where it has one: `dns#records`. */
  readonly chapter: string;
  /** Names written as they are, with a capital or without. */
  readonly names: readonly string[];
  /** The name that a sentence may begin with or not: `Node` is also `node`. */
  readonly title?: string;
  /** Sentences: what stands in back-ticks is left out, as every other command has `pod` in it. */
  readonly says: string;
  /** The message that it is about: who is named there matters more than who is named somewhere in its text. */
  readonly message?: string;
  /** Words that it shares with others of its own list that are about the same: `image` of image-not-found. */
  readonly family?: readonly string[];
  /** Lines of code in it: commands that it tells to run. */
  readonly runs?: readonly string[];
  /** The words with which a line that runs this command begins: `kubectl auth can-i`. */
  readonly runBy?: string;
}

const nameMin = 3;
/** A shorter name (pod, node) connects an entry with half of all others, so it counts only within a chapter. */
const tellingMin = 5;
const weights = { named: 3, inMessage: 3, sameChapter: 2, sameHeading: 1 } as const;

const patterns = new Map<string, RegExp>();

/** A name as a word of its own, or with an ending: taints, tainted. */
function patternOf(name: string, flags: '' | 'i'): RegExp {
  const key = `${flags}:${name}`;
  const known = patterns.get(key) ?? new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:e?s|ed)?(?![\\w-])`, flags);
  patterns.set(key, known);
  return known;
}

/** Letters of the longest name of an entry that stands in a text, 0 for none. */
function longestNamed(says: string, { names, title }: Relatable): number {
  const found = names.filter((name) => name.length >= nameMin && patternOf(name, '').test(says));
  const byTitle = title !== undefined && patternOf(title, 'i').test(says) ? [title] : [];
  return Math.max(0, ...[...found, ...byTitle].map((name) => name.length));
}

/** Words of code with a blank after each, so that one line begins with another only at the end of a word. */
const codeWords = (line: string): string => `${(line.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;

/** Letters of the command that an entry tells to run, 0 for none. */
function lettersRun({ runs = [] }: Relatable, { runBy }: Relatable): number {
  return runBy !== undefined && runs.some((line) => codeWords(line).startsWith(codeWords(runBy))) ? runBy.length : 0;
}

/** Letters of the words that two entries of one list have in common. */
const lettersShared = ({ family = [] }: Relatable, { family: other = [] }: Relatable): number =>
  family.filter((word) => other.includes(word)).reduce((sum, word) => sum + word.length, 0);

const withoutCode = (text: string): string => text.replace(/`[^`]*`/g, ' ');
const chapterOf = (place: string): string => place.split('#')[0] ?? place;

/**
 * Entries of another list that a reader of this one may want: those where one names the other or tells to run it, those of the same family, and those of
 * the same heading. A chapter is about too much for all of it to be related. First those whose message names the other, then those of its own chapter, then
 * the longer name, which says more than `pod`, then the order of the list. At most `max`.
 */
export function relatedTo<Entry>(one: Relatable, others: readonly Entry[], relatable: (entry: Entry) => Relatable, max: number): readonly Entry[] {
  const says = withoutCode(one.says);
  const scored = others.flatMap((entry) => {
    const other = relatable(entry);
    const isSameChapter = chapterOf(other.chapter) === chapterOf(one.chapter);
    const isSameHeading = one.chapter.includes('#') && other.chapter === one.chapter;
    const inWords = Math.max(longestNamed(withoutCode(other.says), one), longestNamed(says, other));
    const letters = Math.max(
      inWords >= (isSameChapter ? nameMin : tellingMin) ? inWords : 0,
      lettersRun(one, other),
      lettersRun(other, one),
      lettersShared(one, other),
    );
    if (letters === 0 && !isSameHeading) return [];
    const isInMessage = longestNamed(other.message ?? '', one) > 0 || longestNamed(one.message ?? '', other) > 0;
    const score =
      (isInMessage ? weights.inMessage : 0) +
      (letters > 0 ? weights.named : 0) +
      (isSameChapter ? weights.sameChapter : 0) +
      (isSameHeading ? weights.sameHeading : 0);
    return [{ entry, score, letters }];
  });
  // Sorting is stable: equal entries keep the order of the list.
  return scored
    .sort((a, b) => b.score - a.score || b.letters - a.letters)
    .slice(0, max)
    .map(({ entry }) => entry);
}
