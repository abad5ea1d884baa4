import type { LabTerminal } from './lab-files.ts';

/** A command and what it printed. */
export interface TerminalEntry {
  readonly command: string;
  readonly output: string;
}

/** Runs commands in the pod of a settled lab. Throws when one is unknown: an output is produced, never typed. */
export function runCommands(terminal: LabTerminal | undefined, state: unknown, commands: readonly string[], labId: string): TerminalEntry[] {
  if (!terminal) throw new Error(`The lab "${labId}" has no terminal.ts, so a <Terminal> cannot show what commands print in it.`);
  if (commands.length === 0) throw new Error('A <Terminal> names no commands.');
  return commands.map((command) => {
    const output = terminal.default(state, command);
    if (output === undefined) {
      const known = terminal.commands?.join(', ') ?? 'see its terminal.ts';
      throw new Error(`The lab "${labId}" does not know the command "${command}". It knows: ${known}.`);
    }
    return { command, output: output.replace(/\s+$/, '') };
  });
}
