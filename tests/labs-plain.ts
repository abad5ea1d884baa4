/** Equal in every leaf; a property that is undefined counts as one. */
export function isSame(one: unknown, other: unknown): boolean {
  return difference(one, other) === undefined;
}

/** Where two values differ first, as a path; undefined when they do not. A missing prototype is no difference: JSON knows none. */
export function difference(one: unknown, other: unknown, path = ''): string | undefined {
  if (Object.is(one, other)) return undefined;
  if (!isPlain(one) || !isPlain(other) || Array.isArray(one) !== Array.isArray(other)) return path || 'all of it';
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const here = `${path}/${key}`;
    if (!Object.hasOwn(one, key) || !Object.hasOwn(other, key)) return here;
    const deeper = difference(one[key], other[key], here);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** A list or an object without a class of its own. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || prototype === Array.prototype;
}

/** Freezes a state as deep as it goes, so that a change of it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
