import fc from 'fast-check';
import { expect } from 'vitest';
import type { Cluster } from '../../labs/engine/loop/cluster.ts';
import { entriesAfter, lengthOf } from '../../labs/engine/loop/cluster-log.ts';
import { traceHash } from '../../labs/engine/loop/trace-hash.ts';
import { arbitraryProgram, type Topic } from './arbitrary-program.ts';
import type { Program } from './command.ts';
import { engine, objectsOf, played, replayed, withEveryKeyDue } from './run-program.ts';

/** What the programs of one test came to: laws that hold for nothing would be worth nothing. */
interface Tally {
  programs: number;
  steps: number;
  /** Programs after which nothing at all is left to do. */
  settled: number;
  /** How often each Event was said. */
  readonly events: Map<string, number>;
}

/**
 * What a second look at everything writes; nothing, if controllers only look at how things are, and at everything that concerns them. Not the scheduler:
 * what it said of a waiting pod stands until something could help that pod, in a real cluster too (for up to five minutes).
 */
export function secondLook(cluster: Cluster): readonly string[] {
  const looked = engine.run(withEveryKeyDue(cluster), { untilMs: cluster.clockMs, stepsMax: 20_000 }).cluster;
  const said = entriesAfter(looked.log, lengthOf(cluster.log)).filter(({ change }) => change !== undefined);
  const isSame = JSON.stringify(objectsOf(looked)) === JSON.stringify(objectsOf(cluster));
  return isSame ? [] : said.map(({ by, text }) => `${by} ${text}`);
}

/** Plays a program and checks what holds of every one. */
export function checkProgram(program: Program, tally?: Tally): void {
  const whole: Program = [...program, { do: 'settle' }];
  const { cluster, steps } = played(whole);
  const isSettled = engine.nextAtMs(cluster) === undefined;
  // The same program once more, run without looks in between and continued from JSON, is the same trace.
  expect(traceHash(replayed(whole, program.length >> 1))).toBe(traceHash(cluster));
  if (isSettled) expect(secondLook(cluster)).toEqual([]);
  if (tally === undefined) return;
  tally.programs += 1;
  tally.steps += steps;
  tally.settled += isSettled ? 1 : 0;
  for (const { event } of entriesAfter(cluster.log, 0)) if (event !== undefined) tally.events.set(event.reason, (tally.events.get(event.reason) ?? 0) + 1);
}

/** The same programs each time, so that a failure is news of the engine; KUBESTEP_SEED=2 (and so on) plays others. */
const seed = Number(process.env.KUBESTEP_SEED ?? 1);

/** Plays random programs. Every failure is printed with its seed and the shortest program that still fails. */
export function checkPrograms(topic: Topic, numRuns: number): Tally {
  const tally: Tally = { programs: 0, steps: 0, settled: 0, events: new Map() };
  fc.assert(
    fc.property(arbitraryProgram(topic), (program) => {
      checkProgram(program, tally);
    }),
    { numRuns, seed },
  );
  return tally;
}
