import type { Check } from '../lab.ts';
import type { Trace } from '../engine/network/resolver/types.ts';
import { libraryNames } from './input.ts';
import { resultInWords, seconds } from './log.ts';
import { costOf, namesAsked } from './rungs.ts';
import { currentRun, type State } from './state.ts';
import { isFinished } from './run.ts';

/** Below this a user does not notice; a time-out of any library is far above. */
const fastMs = 500;

const notYet: Check = { met: false, because: 'the lookup has not ended yet' };

function finished(state: State, judge: (trace: Trace) => Check): Check {
  const run = currentRun(state);
  return isFinished(run) ? judge(run.trace) : notYet;
}

function foundWith(state: State, library: 'glibc-2.36' | 'musl-1.2.5'): Check {
  if (currentRun(state).shown === 0) return { met: false, because: 'nothing has been asked yet' };
  const result = state.outlook.results[library];
  return { met: result.code === 'OK', because: `${libraryNames[library]} gets ${resultInWords(result)}` };
}

/** The goals that scenarios may set. */
export const checks = {
  found: (state: State) => finished(state, ({ result }) => ({ met: result.code === 'OK', because: `the program got ${resultInWords(result)}` })),
  'not-found': (state: State) => finished(state, ({ result }) => ({ met: result.code !== 'OK', because: `the program got ${resultInWords(result)}` })),
  'one-name': (state: State) =>
    finished(state, () => {
      const names = namesAsked(currentRun(state));
      return { met: names.length === 1, because: names.length === 1 ? `only ${names[0] ?? ''} was asked` : `${names.length} names were asked` };
    }),
  'one-name-found': (state: State) =>
    finished(state, ({ result }) => {
      const { names, queries } = costOf(currentRun(state));
      return {
        met: result.code === 'OK' && names === 1,
        because: `${names === 1 ? 'one name was' : `${names} names were`} asked in ${queries} queries, and the program got ${resultInWords(result)}`,
      };
    }),
  'needs-found': (state: State): Check => {
    const { needs } = state.outlook;
    const missing = needs.filter(({ met }) => !met).map(({ name }) => name);
    if (currentRun(state).shown === 0) return { met: false, because: 'nothing has been asked yet' };
    return {
      met: missing.length === 0,
      because: missing.length === 0 ? `${needs.map(({ name }) => name).join(' and ')} would be found` : `${missing.join(' and ')} would not be found`,
    };
  },
  'kubelet-file': (state: State): Check => {
    if (currentRun(state).shown === 0) return { met: false, because: 'the program has not read the file yet' };
    const isKubelets = !state.outlook.file.pasted;
    return { met: isKubelets, because: isKubelets ? 'the kubelet wrote the file' : 'the file was written by hand: the next pod will not have it' };
  },
  fast: (state: State) => finished(state, (trace) => ({ met: trace.elapsedMs < fastMs, because: `the lookup took ${seconds(trace.elapsedMs)}` })),
  slow: (state: State) => finished(state, (trace) => ({ met: trace.elapsedMs >= 5000, because: `the lookup took ${seconds(trace.elapsedMs)}` })),
  'reaches-it': (state: State) =>
    finished(state, ({ result }) => {
      const { address } = state.input.asked;
      return {
        met: result.code === 'OK' && (address === null || (result.addresses ?? []).includes(address)),
        because: `the program got ${resultInWords(result)}`,
      };
    }),
  'found-with-musl': (state: State) => foundWith(state, 'musl-1.2.5'),
  'found-with-both': (state: State): Check => {
    const [musl, glibc] = [foundWith(state, 'musl-1.2.5'), foundWith(state, 'glibc-2.36')];
    return { met: musl.met && glibc.met, because: `${musl.because}; ${glibc.because}` };
  },
};

export type CheckId = keyof typeof checks;
