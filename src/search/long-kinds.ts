/** Long pages hold many words somewhere, and tables that list other pages hold all of theirs. */
const longKinds: ReadonlySet<string> = new Set(['Page', 'Part', 'Path', 'Chapter', 'Lab']);

/** Whether pages of a kind are long. */
export const isLong = (kind: string | undefined): boolean => longKinds.has(kind ?? 'Page');
