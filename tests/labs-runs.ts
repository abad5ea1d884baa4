import type { Move, Scenario } from '../labs/lab.ts';
import type { View } from '../src/lab-player/components/player.ts';
import { extend, framesMax, type Frame, type History } from '../src/lab-player/history.ts';
import { beginWhole, playMoves, setUp } from '../src/lab-player/moves.ts';
import type { OpaqueLab, OpaqueReader, OpaqueReplay, Setup } from '../src/lab-player/opaque.ts';

export interface LabUnderTest {
  readonly id: string;
  readonly lab: OpaqueLab;
  /** What shows a run without the models, for labs that have it. */
  readonly replay?: OpaqueReplay;
  readonly reader: OpaqueReader;
  readonly view: View;
  readonly scenarios: Readonly<Record<string, Scenario>>;
}

/** A run that a scenario describes: untouched, a solution, or a wrong attempt. */
export interface Run {
  readonly name: string;
  readonly history: History;
}

export type Problems = readonly string[];

/** In longer runs every n-th frame is looked at. */
const framesLookedAt = 150;

export function setupOf({ reader }: Pick<LabUnderTest, 'reader'>, scenario: Scenario): Setup {
  const read = setUp(reader, scenario.texts, scenario.seed);
  if (!read.ok) throw new Error(`cannot be read: ${JSON.stringify(read.errors)}`);
  return read.setup;
}

export function play(under: LabUnderTest, scenario: Scenario, moves: readonly Move[]): History {
  const played = playMoves(under.lab, under.reader, beginWhole(under.lab, setupOf(under, scenario)), moves);
  if (!played.ok) throw new Error(`${scenario.title}, move ${played.move + 1} ${JSON.stringify(moves[played.move])}: ${played.message}`);
  return played.history;
}

/** All runs of a lab's scenarios, whole. */
export function runsOf(under: LabUnderTest): readonly Run[] {
  return Object.entries(under.scenarios).flatMap(([id, scenario]) => [
    { name: id, history: beginWhole(under.lab, setupOf(under, scenario)) },
    ...[...scenario.solutions, ...scenario.wrong].map(({ title, moves }) => ({
      name: `${id}, ${title}`,
      history: extend(under.lab, play(under, scenario, moves), framesMax),
    })),
  ]);
}

export function framesOf({ history }: Run): readonly Frame[] {
  const { frames } = history.branch;
  const every = Math.max(1, Math.ceil(frames.length / framesLookedAt));
  return frames.filter((_, index) => index % every === 0 || index === frames.length - 1);
}

/** Problems of each looked-at frame of each run, said once. */
export function inFrames(runs: readonly Run[], look: (frame: Frame) => Problems): Problems {
  const said = new Set<string>();
  return runs.flatMap((run) =>
    framesOf(run).flatMap((frame) =>
      look(frame)
        .filter((problem) => !said.has(problem) && said.add(problem))
        .map((problem) => `${run.name}, ${frame.atMs} ms: ${problem}`),
    ),
  );
}
