import { expectedShare } from './expected.ts';
import { countOf } from './log.ts';
import { choicesOf, counted, totalOf, type Backend, type State } from './state.ts';
import { chiSquaredTest, fairBand, type ChiSquared } from './statistics.ts';

/** One pod’s part of what was counted since the last change. */
export interface Share {
  readonly pod: Backend;
  readonly requests: number;
  readonly connections: number;
  /** Of all requests, those that were lost included. */
  readonly share: number;
  /** What the rules give it, and between what bounds 95 of 100 fair runs with as many choices lie. */
  readonly expected: number;
  readonly band: { readonly low: number; readonly high: number };
}

export function sharesOf(state: State): readonly Share[] {
  const { pods, tally, outlook } = state;
  const all = Math.max(1, counted(state));
  return pods.map((pod) => {
    const requests = tally.requests[pod.name] ?? 0;
    const strata = Object.entries(tally.choices).map(([node, byPod]) => ({ draws: totalOf(byPod), chance: outlook.chances[node]?.[pod.name] ?? 0 }));
    const connections = tally.connections[pod.name] ?? 0;
    return { pod, requests, connections, share: requests / all, expected: expectedShare(outlook, pod.name), band: fairBand(strata) };
  });
}

/** The test whether the free choices fit the rules; undefined: too few of them. */
export function testOf({ tally, outlook }: State): ChiSquared | undefined {
  return chiSquaredTest(
    Object.entries(tally.choices).map(([node, byPod]) => {
      const draws = totalOf(byPod);
      return Object.entries(outlook.chances[node] ?? {})
        .filter(([, chance]) => chance > 0)
        .map(([pod, chance]) => ({ observed: byPod[pod] ?? 0, expected: draws * chance }));
    }),
  );
}

/** The test in words. */
export function testInWords(state: State): string {
  const choices = choicesOf(state);
  if (counted(state) === 0) return 'Nothing has been sent yet.';
  if (choices === 0) return 'No choice was made: there was nothing for chance to decide.';
  const test = testOf(state);
  if (state.proxy === 'ipvs rr') return 'Round robin takes no chance: each node counts through its list, so its counts differ by one at most.';
  if (state.proxy === 'ipvs lc') return 'Least connection takes no chance: each node picks the pod with the fewest connections of its own.';
  const told = countOf(choices, 'free choice');
  if (test === undefined) {
    const isForced = Object.values(state.outlook.chances).every((byPod) => Object.keys(byPod).length < 2);
    return isForced ? 'There is nothing to choose: each node knows one pod at most.' : `${told}: too few to tell chance from a fault.`;
  }
  const worse = Math.round(test.probability * 100);
  const runs = worse === 0 ? 'fewer than 1 of 100 runs' : worse === 100 ? 'nearly every run' : `${String(worse)} of 100 runs`;
  return `${told}: a fair random choice looks like this or worse in ${runs}.`;
}
