import type { LabTerminal } from './lab-files.ts';

/** A command and what it printed: `output` to standard output, `errors` to standard error where the two are known apart. */
export interface TerminalEntry {
  readonly command: string;
  readonly output: string;
  readonly errors?: string;
}

/** Where a `<Terminal>` has its output from. */
export type TerminalSource =
  | { readonly kind: 'lab'; readonly lab: string; readonly scenario: string; readonly commands: readonly string[] }
  | { readonly kind: 'recording'; readonly recording: string; readonly scenario?: string; readonly commands: readonly string[] };

interface TerminalProps {
  readonly lab?: string;
  readonly recording?: string;
  readonly scenario?: string;
  readonly commands?: readonly string[];
}

/** Reads the attributes of a `<Terminal>`. Throws when it names a lab and a recording, or neither, or anything else: an output is produced or recorded. */
export function terminalSource(props: TerminalProps): TerminalSource {
  const { lab, recording, scenario, commands = [], ...typed } = props;
  const unknown = Object.keys(typed);
  if (unknown.length > 0) throw new Error(`A <Terminal> takes lab or recording, scenario and commands, and no ${unknown.join(', ')}.`);
  if ((lab === undefined) === (recording === undefined)) throw new Error('A <Terminal> names either a lab or a recording.');
  if (recording !== undefined) return { kind: 'recording', recording, commands, ...(scenario === undefined ? {} : { scenario }) };
  if (lab === undefined || scenario === undefined) throw new Error(`A <Terminal> of the lab "${lab ?? ''}" names no scenario.`);
  return { kind: 'lab', lab, scenario, commands };
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
