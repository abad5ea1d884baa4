/** A listing without its marks, and which mark stood on which line (both count from 1). */
export interface MarkedListing {
  readonly code: string;
  readonly marks: ReadonlyMap<number, number>;
}

/** The text of a manifest without its marks, as a page shows it. */
export function withoutMarks(text: string): string {
  return text.trimEnd().replaceAll(/[^\S\n]*# \(\d+\)[^\S\n]*$/gmu, '');
}

/**
 * Takes the marks `# (1)`, `# (2)` … from the ends of the lines of a manifest. In the file they are comments, so it can be applied as it is.
 * Throws when the marks are not 1 to `callouts`, each once and in order: a callout without a place, or a place without a callout.
 */
export function takeCallouts(text: string, callouts: number, file: string): MarkedListing {
  const marks = new Map<number, number>();
  const lines = text.trimEnd().split('\n');
  const code = lines.map((line, index) => {
    const match = /^(.*?)\s*# \((\d+)\)\s*$/.exec(line);
    if (!match) return line;
    marks.set(index + 1, Number(match[2]));
    return match[1] ?? '';
  });
  const found = [...marks.values()];
  const wanted = Array.from({ length: callouts }, (_, index) => index + 1);
  if (found.join() !== wanted.join())
    throw new Error(
      `${file} is marked ${found.join(', ') || 'nowhere'}, but its <Manifest> has ${callouts} callouts: mark the lines # (1) to # (${callouts}), in order.`,
    );
  return { code: code.join('\n'), marks };
}
