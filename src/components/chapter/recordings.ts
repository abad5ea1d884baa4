import { z } from 'astro/zod';
import { distance } from '../../search/nearest.ts';
import type { TerminalEntry } from './terminal.ts';

const recordedCommand = z.looseObject({ command: z.string().min(1), stdout: z.string(), stderr: z.string(), exit: z.int() });
const recording = z.looseObject({
  meta: z.looseObject({
    versions: z.looseObject({ server: z.string().regex(/^v\d+\.\d+\.\d+$/) }),
    source: z.string().min(1),
    recorded: z.iso.date(),
    /** What the recorder wrote in place of values that differ from run to run, such as `<podIP>`, in words. */
    masks: z.record(z.string().regex(/^<\w+>$/), z.string().min(1)).optional(),
  }),
  scenarios: z.array(z.looseObject({ id: z.string().min(1), commands: z.array(recordedCommand).min(1) })).min(1),
});

/** Commands that were run on a real cluster, and what they printed: a file of content/data/recordings/. */
export type Recording = z.infer<typeof recording>;

/** Which of the recordings are meant: `scenario` may be left out where a file has one only. */
export interface RecordedChoice {
  readonly recording: string;
  readonly scenario?: string | undefined;
  readonly commands: readonly string[];
}

/** What a `<Terminal>` shows of a recording. */
export interface RecordedSession {
  /** The version of the cluster, such as `v1.36.2`. */
  readonly version: string;
  readonly entries: readonly TerminalEntry[];
  /** The masks that occur in what is shown, with their meanings. */
  readonly masks: readonly (readonly [mask: string, meaning: string])[];
}

// The words in angle brackets that kubectl itself prints for a missing value.
const PRINTED_BY_KUBECTL = new Set(['<none>', '<unset>', '<pending>', '<unknown>', '<nil>', '<any>', '<invalid>', '<all>']);

/** Reads a recording. Throws with its name, the field and what was expected. */
export function readRecording(name: string, text: string): Recording {
  const result = recording.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  throw new Error(`The recording "${name}": ${result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
}

const NEAREST_MAX = 3;

/** Those of the texts that are most like the wanted one, nearest first, for an author's mistake. */
function nearest(wanted: string, known: readonly string[]): string {
  const limit = Math.max(wanted.length, ...known.map((text) => text.length));
  const sorted = [...new Set(known)].sort((one, other) => distance(wanted, one, limit) - distance(wanted, other, limit));
  return sorted.length === 0
    ? 'There is none.'
    : `Nearest: ${sorted
        .slice(0, NEAREST_MAX)
        .map((text) => `"${text}"`)
        .join(', ')}.`;
}

function findScenario({ scenarios }: Recording, { recording: name, scenario }: RecordedChoice): Recording['scenarios'][number] {
  const ids = scenarios.map(({ id }) => id);
  const [only, ...others] = scenarios;
  if (scenario === undefined && only && others.length === 0) return only;
  if (scenario === undefined) throw new Error(`The recording "${name}" has ${ids.length} scenarios, so a <Terminal> names one: ${ids.join(', ')}.`);
  const found = scenarios.find(({ id }) => id === scenario);
  if (!found) throw new Error(`The recording "${name}" has no scenario "${scenario}". ${nearest(scenario, ids)}`);
  return found;
}

function findEntry(command: string, { id, commands }: Recording['scenarios'][number], name: string): TerminalEntry {
  const found = commands.filter((entry) => entry.command === command);
  const [first, second] = found;
  const where = `The scenario "${id}" of the recording "${name}"`;
  if (!first)
    throw new Error(
      `${where} has no command "${command}". ${nearest(
        command,
        commands.map((entry) => entry.command),
      )}`,
    );
  if (second) throw new Error(`${where} has the command "${command}" ${found.length} times, so it is not clear which output is meant.`);
  // A program ends its last line; the page does not need that end. Everything else stays as it was.
  return { command, output: first.stdout.replace(/\n$/, ''), errors: first.stderr.replace(/\n$/, '') };
}

/**
 * Finds commands in the recordings (texts by file name without ending) by their exact text. Throws, with the nearest that exist, when the recording, its
 * scenario or a command does not, and when something stands masked in the output that the recording does not explain.
 */
export function recordedSession(recordings: Readonly<Record<string, string>>, choice: RecordedChoice): RecordedSession {
  const text = recordings[choice.recording];
  if (text === undefined)
    throw new Error(`There is no recording "${choice.recording}" in content/data/recordings/. ${nearest(choice.recording, Object.keys(recordings))}`);
  if (choice.commands.length === 0) throw new Error('A <Terminal> names no commands.');
  const read = readRecording(choice.recording, text);
  const scenario = findScenario(read, choice);
  const entries = choice.commands.map((command) => findEntry(command, scenario, choice.recording));
  const shown = entries.map(({ command, output, errors = '' }) => `${command}\n${output}\n${errors}`).join('\n');
  const masked = new Set(shown.match(/<[A-Za-z]\w*>/g)?.filter((word) => !PRINTED_BY_KUBECTL.has(word)));
  const masks = [...masked].map((mask) => {
    const meaning = read.meta.masks?.[mask];
    if (meaning === undefined) throw new Error(`The recording "${choice.recording}" shows ${mask} and does not say in meta.masks what it stands for.`);
    return [mask, meaning] as const;
  });
  return { version: read.meta.versions.server, entries, masks };
}
