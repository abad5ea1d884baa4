/** What a command prints, and its exit status. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** A command that failed before it printed anything. */
export const failure = (...lines: readonly string[]): Output => ({ stdout: '', stderr: lines.map((line) => `${line}\n`).join(''), exit: 1 });
