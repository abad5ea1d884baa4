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
}

const nameMin = 3;
/** A shorter name (pod, node) connects an entry with half of all others, so it counts only within a chapter. */
const tellingMin = 5;
const weights = { named: 3, sameChapter: 2, sameHeading: 1 } as const;

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

const withoutCode = (text: string): string => text.replace(/`[^`]*`/g, ' ');
const chapterOf = (place: string): string => place.split('#')[0] ?? place;

/**
 * Entries of another list that a reader of this one may want: those of the same chapter, and those where one names the other. First those that are both;
 * among equals the longer name, which says more than `pod`, then the order of the list. At most `max`.
 */
export function relatedTo<Entry>(one: Relatable, others: readonly Entry[], relatable: (entry: Entry) => Relatable, max: number): readonly Entry[] {
  const says = withoutCode(one.says);
  const scored = others.flatMap((entry) => {
    const other = relatable(entry);
    const letters = Math.max(longestNamed(withoutCode(other.says), one), longestNamed(says, other));
    const isSameChapter = chapterOf(other.chapter) === chapterOf(one.chapter);
    const isSameHeading = one.chapter.includes('#') && other.chapter === one.chapter;
    const score =
      (letters >= (isSameChapter ? nameMin : tellingMin) ? weights.named : 0) +
      (isSameChapter ? weights.sameChapter : 0) +
      (isSameHeading ? weights.sameHeading : 0);
    return score === 0 ? [] : [{ entry, score, letters }];
  });
  // Sorting is stable: equal entries keep the order of the list.
  return scored
    .sort((a, b) => b.score - a.score || b.letters - a.letters)
    .slice(0, max)
    .map(({ entry }) => entry);
}
