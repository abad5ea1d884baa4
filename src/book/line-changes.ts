import { diffArrays } from 'diff';

/** A line of a changed text: it stayed, went or came. `skip`: lines that stayed and are far from any change. */
export type LineChange = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string } | { readonly kind: 'skip' };

const linesOf = (text: string): string[] => (text.trim() === '' ? [] : text.trimEnd().split('\n'));

/** Line by line what makes `after` of `before`, with as many unchanged lines around each change as `context` says. */
export function lineChanges(before: string, after: string, context = 3): readonly LineChange[] {
  const all = diffArrays(linesOf(before), linesOf(after)).flatMap(({ value, removed, added }) =>
    value.map((text) => ({ kind: removed ? ('gone' as const) : added ? ('new' as const) : ('same' as const), text })),
  );
  const isNear = (index: number): boolean => all.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same');
  return all.flatMap((line, index): readonly LineChange[] => {
    if (isNear(index)) return [line];
    return index === 0 || isNear(index - 1) ? [{ kind: 'skip' }] : [];
  });
}
