/**
 * The id of a summary card that has none of its own: the words of its question, at most eight, so that pages need not carry it. Whoever changes those
 * words gives the card its former id, `<Card id="…">`, or says in renamed.ts which one it has now.
 */
export function cardId(front: string): string {
  const words = front.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 8).join('-');
}
