import { difference } from './labs-plain.ts';
import { inFrames, type LabUnderTest, type Problems, type Run } from './labs-runs.ts';
import { actionsOf, subjectsIn } from './labs-sweeps.ts';

/**
 * A lab with a `replay.ts` shows every run without its models as with them, from states that went through JSON as those in pages do, also after acts of the
 * learner; the acts themselves it leaves alone.
 */
export function sweepReplay({ lab, replay }: LabUnderTest, runs: readonly Run[]): Problems {
  if (!replay) return [];
  const shows = inFrames(runs, ({ state }) => {
    const fetched: unknown = JSON.parse(JSON.stringify(state));
    const following = lab.next(state);
    const subjects = subjectsIn(lab, state);
    const pairs: readonly (readonly [string, unknown, unknown])[] = [
      ['starts otherwise', fetched, state],
      ['goes on otherwise', replay.next(fetched), following],
      ['steps to another state', following && replay.reduce(fetched, following), following && lab.reduce(state, following)],
      ['has another time', replay.clockMs(fetched), lab.clockMs(state)],
      ['describes otherwise', replay.describe(fetched), lab.describe(state)],
      ['offers otherwise', replay.offers(fetched), lab.offers(state)],
      ['logs otherwise', replay.log(fetched, 0), lab.log(state, 0)],
      ...subjects.map((subject) => [`explains ${subject} otherwise`, replay.explain(fetched, subject), lab.explain(state, subject)] as const),
      ...Object.entries(lab.checks).map(([id, check]) => [`judges ${id} otherwise`, replay.checks[id]?.(fetched), check(state)] as const),
      ['offers other steps on a real cluster', replay.realCluster?.(fetched), lab.realCluster?.(state)],
    ];
    return pairs.flatMap(([what, one, other]) => {
      const place = difference(one, other);
      return place === undefined ? [] : [`the replay ${what}, at ${place}`];
    });
  });
  const acts = inFrames(runs, ({ state }) => {
    const act = lab
      .offers(state)
      .flatMap(actionsOf)
      .find((action) => replay.reduce(state, action) !== state);
    return act ? [`the replay takes the learner’s act ${JSON.stringify(act)}`] : [];
  });
  return [...shows, ...acts];
}
