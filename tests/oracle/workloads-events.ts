import type { Json } from '../../labs/engine/patch/json.ts';

/** An Event as stored or as recorded. */
interface Told {
  readonly object?: string;
  readonly involvedObject?: Json;
  readonly type?: Json;
  readonly reason?: Json;
  readonly message?: Json;
  readonly count?: Json;
  readonly metadata?: { readonly name: string };
}

/** What Events say, as a set: those that are new or were told again since `before`. Dots in texts would read as parts of a path. */
export function freshEvents(events: readonly Told[], before: readonly Told[] = []): Readonly<Record<string, true>> {
  const counts = new Map(before.map(({ metadata, count }) => [metadata?.name, count]));
  const fresh = events.filter(({ metadata, count }) => metadata === undefined || !counts.has(metadata.name) || counts.get(metadata.name) !== count);
  return Object.fromEntries(fresh.map((event) => [wordsOf(event).replaceAll('.', '·'), true]));
}

/** The eleventh of similar Events only has a prefix of its own: after how many it comes depends on what was told before. */
function wordsOf({ object, involvedObject, type, reason, message }: Told): string {
  const { kind, name } = (involvedObject ?? {}) as { readonly kind?: string; readonly name?: string };
  return [object ?? `${kind ?? ''}/${name ?? ''}`, type, reason, (message as string).replace('(combined from similar events): ', '')].map(String).join(' ');
}
