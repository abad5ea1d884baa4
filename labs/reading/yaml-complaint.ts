/** A place in a document as libyaml counts: lines and columns from 0. */
export interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/**
 * What libyaml says of a text, where it noticed (`at`), and where what it was reading had begun (`began`).
 * `near` is ours, to explain it: the text or bracket before.
 */
export class Complaint extends Error {
  readonly by: 'scanner' | 'parser' | 'decoder';
  readonly problem: string;
  readonly at: Mark;
  readonly began: Mark | undefined;
  readonly near: Mark | undefined;

  constructor(by: Complaint['by'], problem: string, at: Mark, began?: Mark, near?: Mark) {
    super(problem);
    this.by = by;
    this.problem = problem;
    this.at = at;
    this.began = began;
    this.near = near;
  }
}

/**
 * The sentence of go-yaml v2 (decode.go, `parser.fail`): the line where libyaml noticed, or where that is the first, the line where the thing began;
 * the scanner's are counted from 1, the parser's from 0, and a line 0 is left out.
 */
export function kubectlSentence({ by, problem, at, began }: Complaint): string {
  if (by === 'decoder') return `yaml: ${problem}`;
  const line = at.line > 0 ? at.line + (by === 'scanner' ? 1 : 0) : (began?.line ?? 0);
  return line > 0 ? `yaml: line ${String(line)}: ${problem}` : `yaml: ${problem}`;
}
