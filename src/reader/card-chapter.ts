/** The chapter of a card in the queue: the first word of its id. */
export const chapterOf = (id: string): string => id.slice(0, id.indexOf('/'));
