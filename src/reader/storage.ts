import type { Fault } from './reading-values.ts';

/** Something that the reader's browser keeps: where, and how what is found there is read. `read` takes anything and never throws. */
export interface Thing<Value extends object> {
  readonly key: string;
  readonly read: (value: unknown, fault?: Fault) => Value;
}

/** Stands in everything that is kept. Things without it come from before there were versions. */
export const version = 1;

/** What the browser did not take: it holds as long as the page. */
const held = new Map<string, string>();

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Refused, as in some private windows.
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

/** A page of an older release may meet what a newer one wrote: it reads nothing of it and leaves it alone. */
const isNewer = (value: unknown): boolean => Number((value as { readonly v?: unknown } | null | undefined)?.v) > version;

/** What is kept under a key, as text; null when there is nothing. */
export function textOf(key: string): string | null {
  return held.get(key) ?? stored(key);
}

/** Keeps a text, or with null removes it. Storage that is full or refused is said on the page; the text then lives as long as the page. */
export function keepText(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    held.delete(key);
  } catch {
    if (text === null) held.delete(key);
    else held.set(key, text);
    void import('./say-refused.ts').then(({ sayRefused }) => {
      sayRefused(key);
    });
  }
}

/** The thing as it is now, also after another tab has written. */
export function load<Value extends object>(thing: Thing<Value>): Value {
  const value = parse(textOf(thing.key));
  return thing.read(isNewer(value) ? undefined : value);
}

/**
 * Changes a thing and gives it back. What stands in storage is read again just before, so that two tabs never overwrite each other's entries; for one
 * entry the last write wins. A `by` that gives back what it got writes nothing.
 */
export function change<Value extends object>(thing: Thing<Value>, by: (value: Value) => Value): Value {
  const before = load(thing);
  const after = by(before);
  if (after === before) return after;
  const text = JSON.stringify({ v: version, ...after });
  if (isNewer(parse(stored(thing.key)))) held.set(thing.key, text);
  else keepText(thing.key, text);
  return after;
}

/** Calls back whenever another tab has written one of the things (or cleared everything). */
export function onOtherTab(things: readonly Thing<object>[], changed: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === null || things.some((thing) => thing.key === key)) changed();
  });
}
