import { distance } from '../search/nearest.ts';

const shownMax = 3;

/** How far an id is from the one that was asked for: letters to change; one that holds the other is near, however long. */
function far(asked: string, id: string): number {
  const letters = distance(asked, id, Math.max(asked.length, id.length));
  return id.includes(asked) || asked.includes(id) ? Math.min(letters, 2) : letters;
}

/** The ids that an author may have meant, as the end of a message: `Nearest: a, b, c.` */
export function nearestIds(asked: string, ids: readonly string[]): string {
  if (ids.length === 0) return 'There are none.';
  const sorted = ids.map((id) => ({ id, far: far(asked, id) })).sort((a, b) => a.far - b.far || a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  return `Nearest: ${sorted
    .slice(0, shownMax)
    .map(({ id }) => id)
    .join(', ')}.`;
}
