/** Cards looked at in one go. A missed card moves to the end, so a round ends when each card was known once. */
export interface Round {
  /** Each id once; the first is the card on the desk. */
  readonly waiting: readonly string[];
  readonly total: number;
}

/** A round over these cards. */
export function startRound(ids: readonly string[]): Round {
  const waiting = [...new Set(ids)];
  return { waiting, total: waiting.length };
}

/** The round after its first card was known, or missed. */
export function afterCard({ waiting, total }: Round, knew: boolean): Round {
  const [first, ...others] = waiting;
  return first === undefined || knew ? { waiting: others, total } : { waiting: [...others, first], total };
}

/** The round without a card that no longer exists. */
export function withoutCard({ waiting, total }: Round, id: string): Round {
  const rest = waiting.filter((each) => each !== id);
  return { waiting: rest, total: total - (waiting.length - rest.length) };
}
