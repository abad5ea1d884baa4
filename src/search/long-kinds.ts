/** Long pages hold many words somewhere, and tables that list other pages hold all of theirs. */
const weights: Readonly<Record<string, number>> = { Page: 0.6, Part: 0.7, Path: 0.5, Chapter: 0.9, Lab: 0.9 };

/** Whether pages of a kind are long. */
export const isLong = (kind: string | undefined): boolean => weights[kind ?? 'Page'] !== undefined;

/** What it is worth in a page of a kind that words were found in its text. */
export const kindWeight = (kind: string): number => weights[kind] ?? 1;
