import type { LogEntry } from '../lab.ts';
import type { ResolverEvent } from '../engine/network/resolver/types.ts';
import { behaviours, libraryNames, type Input } from './input.ts';
import { outlookOf } from './outlook.ts';
import { currentRun, withRun, type Action, type State } from './state.ts';
import { isFinished, type Run, type Change } from './run.ts';
import { advance, clockMs } from './steps.ts';
import { traceOf } from './world.ts';

/** Lookups and learner's acts that one history may hold; further ones are refused. */
const runsMax = 40;
const changesMax = 40;

type Question = Pick<Run, 'name' | 'library' | 'family'>;

function newRun(input: Input, seed: number, { name, library, family }: Question, at: { readonly number: number; readonly startMs: number }): Run {
  const servers = input.network.servers;
  const question = { name, library, family };
  return { ...at, ...question, servers, changes: [], trace: traceOf(input, seed, question, []), shown: 0, entryOf: [], abandoned: false };
}

/** The first state: the program is about to call. */
export function start(input: Input, seed: number): State {
  const { name, library, family } = input.asked;
  return {
    input,
    seed,
    outlook: outlookOf(input, seed, input.asked),
    runs: [newRun(input, seed, { name, library, family }, { number: 0, startMs: 0 })],
    entries: [],
  };
}

function noteAct(state: State, text: string, subject: string): State {
  const entry: LogEntry = { id: state.entries.length + 1, atMs: clockMs(state), by: 'learner', text, subject };
  return { ...state, entries: [...state.entries, entry] };
}

/** The program calls again: the current lookup, if it has not ended, is given up. */
function callAgain(state: State, question: Question, text: string): State {
  if (state.runs.length >= runsMax) return state;
  const run = currentRun(state);
  const noted: State = { ...noteAct(state, text, 'name'), outlook: outlookOf(state.input, state.seed, question) };
  const number = run.shown === 0 ? run.number : run.number + 1;
  const next = newRun(state.input, state.seed, question, { number, startMs: clockMs(state) });
  // A lookup that never began leaves no trace in the history.
  if (run.shown === 0) return withRun(noted, next);
  const [first, ...rest] = state.runs;
  const closed: Run = { ...run, abandoned: !isFinished(run) };
  return { ...noted, runs: rest.length === 0 ? [closed, next] : [first, ...rest.slice(0, -1), closed, next] };
}

function sameUpTo(shown: number, before: readonly ResolverEvent[], after: readonly ResolverEvent[]): boolean {
  return before.slice(0, shown).every((event, index) => JSON.stringify(event) === JSON.stringify(after[index]));
}

/** The lookup under way, with one server changed from now on. What has happened stays: the change takes hold at the first message that leaves it untouched. */
function withChange(state: State, change: Omit<Change, 'fromCall'>): Run {
  const run = currentRun(state);
  if (isFinished(run) || run.abandoned) return run;
  for (let fromCall = 0; fromCall <= run.trace.events.length; fromCall += 1) {
    const changes = [...run.changes, { ...change, fromCall }];
    const trace = traceOf({ ...state.input, network: { ...state.input.network, servers: run.servers } }, state.seed, run, changes);
    if (sameUpTo(run.shown, run.trace.events, trace.events)) return { ...run, changes, trace };
  }
  return run;
}

function changeServer(state: State, change: Omit<Change, 'fromCall'>): State {
  const { network } = state.input;
  const now = network.servers[change.server] ?? 'answers';
  if (now === change.behaviour || !state.outlook.servers.some(({ address }) => address === change.server)) return state;
  if (state.entries.filter((entry) => entry.by === 'learner').length >= changesMax) return state;
  const input: Input = { ...state.input, network: { ...network, servers: { ...network.servers, [change.server]: change.behaviour } } };
  const noted = noteAct(state, `From now on ${change.server} ${behaviours[change.behaviour]}`, `server:${change.server}`);
  return { ...withRun(noted, withChange(state, change)), input, outlook: outlookOf(input, state.seed, currentRun(state)) };
}

/** One step of the machine. What cannot be done changes nothing. */
export function reduce(state: State, action: Action): State {
  const { name, library, family } = currentRun(state);
  switch (action.type) {
    case 'advance':
      return advance(state);
    case 'ask':
      return action.name === name && currentRun(state).shown === 0
        ? state
        : callAgain(state, { name: action.name, library, family }, `You ask for ${action.name === '' ? 'nothing' : action.name}`);
    case 'library':
      return action.library === library
        ? state
        : callAgain(state, { name, library: action.library, family }, `You run the program with ${libraryNames[action.library]}`);
    case 'family':
      return action.family === family ? state : callAgain(state, { name, library, family: action.family }, `You ask for ${action.family}`);
    case 'server':
      return changeServer(state, { server: action.server, behaviour: action.behaviour });
  }
}
