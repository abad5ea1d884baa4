import type { Check } from '../lab.ts';
import { expectedLoss } from './expected.ts';
import { countOf, number, percent } from './log.ts';
import { sharesOf, type Share } from './shares.ts';
import { choicesOf, counted, isFinished, type State } from './state.ts';

/** Fewer requests than this say nothing about shares. */
const requestsMin = 300;
/** A share counts as even within so much of the fair one: chance alone stays well inside after a few hundred choices. */
const tolerance = 0.35;

const running: Check = { met: false, because: 'not all requests have been sent yet' };

function whenSent(state: State, judge: () => Check): Check {
  return isFinished(state) && state.sent > 0 ? judge() : running;
}

const lostOf = ({ tally }: State): number => tally.refused + tally.dropped;

function sharesInWords(least: Share, most: Share): string {
  const [low, high] = [percent(least.share), percent(most.share)];
  if (least.pod.name === most.pod.name) return `${least.pod.name} got ${high}`;
  return low === high ? `every ready pod got ${low}` : `the shares lie between ${low} (${least.pod.name}) and ${high} (${most.pod.name})`;
}

/** The ready pod with the smallest and the one with the largest share. */
export function extremes(state: State): { readonly least: number; readonly most: number; readonly text: string } | undefined {
  const shares = sharesOf(state).filter(({ pod }) => pod.isReady);
  const ordered = shares.toSorted((one, other) => one.share - other.share);
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (!least || !most) return undefined;
  return { least: least.share, most: most.share, text: sharesInWords(least, most) };
}

/** Whether every ready pod has about the same share. */
export function isEven(state: State): boolean {
  const found = extremes(state);
  const fair = 1 / Math.max(1, state.pods.filter(({ isReady }) => isReady).length);
  return found !== undefined && lostOf(state) === 0 && found.least >= fair * (1 - tolerance) && found.most <= fair * (1 + tolerance);
}

/** The goals that scenarios may set. */
export const checks = {
  'all-sent': (state: State) => whenSent(state, () => ({ met: true, because: `${number(state.sent)} requests were sent` })),
  even: (state: State) =>
    whenSent(state, () => {
      if (counted(state) < requestsMin) return { met: false, because: `only ${countOf(counted(state), 'request')} since the last change: too few to tell` };
      const lost = lostOf(state) === 0 ? '' : `, and ${countOf(lostOf(state), 'request')} got lost`;
      return { met: isEven(state), because: `${extremes(state)?.text ?? 'no pod is ready'}${lost}` };
    }),
  'every-pod-used': (state: State) =>
    whenSent(state, () => {
      const idle = sharesOf(state).filter(({ pod, requests }) => pod.isReady && requests === 0);
      const met = idle.length === 0 && state.pods.some(({ isReady }) => isReady);
      return { met, because: met ? 'every ready pod got requests' : `${idle.map(({ pod }) => pod.name).join(' and ') || 'no pod'} got nothing` };
    }),
  'nothing-lost': (state: State): Check => {
    if (state.sent === 0) return { met: false, because: 'nothing has been sent yet' };
    const lost = lostOf(state);
    return { met: lost === 0, because: lost === 0 ? 'no request since the last change got lost' : `${countOf(lost, 'request')} got lost` };
  },
  'same-number-of-pods': (state: State): Check => {
    if (state.sent === 0) return { met: false, because: 'nothing has been sent yet' };
    const [now, first] = [state.pods.length, state.input.cluster.nodes.reduce((sum, { pods, podsLater }) => sum + (podsLater ?? pods), 0)];
    return { met: now === first, because: `there are ${String(now)} pods, and the text asks for ${String(first)}` };
  },
  'clients-keep-their-pods': (state: State) =>
    whenSent(state, () => {
      const { switches } = state.tally;
      return {
        met: switches === 0,
        because: switches === 0 ? 'no client changed its pod' : `${countOf(switches, 'time')} a client came to another pod than before`,
      };
    }),
  'clients-change-pods': (state: State) =>
    whenSent(state, () => {
      const { switches } = state.tally;
      return {
        met: switches > 0,
        because: switches === 0 ? 'no client changed its pod' : `${countOf(switches, 'time')} a client came to another pod than before`,
      };
    }),
  'new-choice': (state: State): Check => {
    const choices = choicesOf(state);
    return { met: choices >= 2, because: `${countOf(choices, 'free choice')} since the last change` };
  },
  'nothing-expected-lost': (state: State): Check => {
    const loss = expectedLoss(state.outlook);
    if (state.sent === 0) return { met: false, because: 'nothing has been sent yet' };
    return { met: loss === 0, because: loss === 0 ? 'every node where requests enter knows a pod' : `${percent(loss)} of new connections would get lost` };
  },
};

export type CheckId = keyof typeof checks;
