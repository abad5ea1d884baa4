/** A value without parts: a text, number, boolean, null, or an empty list or object. */
export type Leaf = string | number | boolean | null;

/** All leaves with their paths, parts joined by dots. Empty lists and objects are leaves, written `[]` and `{}`. */
export function leavesOf(value: unknown, path = ''): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect(value, path, leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Map<string, Leaf>): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    leaves.set(path, value as Leaf);
    return;
  }
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  if (entries.length === 0) leaves.set(path, Array.isArray(value) ? '[]' : '{}');
  for (const [key, part] of entries) collect(part, path === '' ? key : `${path}.${key}`, leaves);
}

/** Whether a path is named by a pattern; `*` stands for one part, a pattern also names all below it. */
export function matches(path: string, pattern: string): boolean {
  const parts = path.split('.');
  const wanted = pattern.split('.');
  return wanted.length <= parts.length && wanted.every((part, index) => part === '*' || part === parts[index]);
}
