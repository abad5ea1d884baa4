/** "45 chapters, 3 of them written so far": what a list of chapters promises, and how much of it can be read today. */
export function howManyWritten(written: number, all: number): string {
  const chapters = all === 1 ? '1 chapter' : `${all} chapters`;
  if (written >= all) return chapters;
  if (written > 0) return `${chapters}, ${written} of them written so far`;
  return `${chapters}, ${all === 1 ? 'not' : 'none of them'} written yet`;
}
