import { answerOf } from './answer.ts';
import { changeCluster } from './acts.ts';
import { noted, withConsequences } from './changes.ts';
import { worldOf } from './cluster.ts';
import { outlookOf } from './outlook.ts';
import { said, type Input, type Query } from './input.ts';
import { isSameQuery, queryOf } from './query.ts';
import { count } from './words.ts';
import type { Action, State } from './state.ts';
import { shownQuery, type Situation } from './situation.ts';

/** Acts and entries that one history may hold; further acts are refused. */
const actsMax = 80;
const queriesMax = 80;

function withOutlook(situation: Situation, before?: State): State {
  return { ...situation, outlook: outlookOf(situation, before) };
}

/** The first state: what the texts say. It shows the first name without data, or the first of all. */
export function start(input: Input, seed: number): State {
  const { cluster, corefile, guesses } = input;
  const failing = guesses.findIndex((query) => answerOf({ cluster, corefile }, query).tone !== 'good');
  const situation: Situation = {
    input: said(input),
    seed,
    cluster,
    corefile,
    deleted: [],
    readiness: {},
    births: 0,
    queries: guesses,
    shown: guesses.length === 0 ? -1 : Math.max(0, failing),
    gone: [],
    entries: [],
  };
  const { listed, context } = worldOf(situation);
  const { services, pods, endpointSlices } = context.index.view;
  const text = `CoreDNS has read ${count(services.length, 'Service')}, ${count(endpointSlices.length, 'EndpointSlice')} and ${count(pods.length, 'pod')}: ${count(listed.length, 'record')}`;
  const because = 'it watches the API and keeps what it sees in memory';
  return withOutlook({ ...situation, entries: noted([], [{ by: 'start', text, because, subject: 'corefile' }]) });
}

function ask(state: Situation, query: Query): Situation {
  const known = state.queries.findIndex((each) => isSameQuery(each, query));
  if (known === state.shown && known >= 0) return state;
  if (known < 0 && state.queries.length >= queriesMax) return state;
  const queries = known < 0 ? [...state.queries, query] : state.queries;
  const shown = known < 0 ? queries.length - 1 : known;
  const subject = `query:${shown}`;
  const { words, because, tone } = answerOf(state, query);
  const entries = noted(state.entries, [
    { by: 'learner', text: `You ask for ${query.type} of ${query.name}`, subject },
    { by: 'lab', text: words, because, cause: state.entries.length + 1, subject, tone },
  ]);
  return { ...state, queries, shown, entries };
}

function act(state: Situation, action: Action): Situation {
  if (state.entries.filter(({ by }) => by === 'learner').length >= actsMax) return state;
  const current = shownQuery(state);
  if (action.type === 'ask') return ask(state, queryOf(action.name, action.qtype ?? current?.type ?? 'A'));
  if (action.type === 'qtype') return current === undefined ? state : ask(state, { ...current, type: action.qtype });
  const changed = changeCluster(state, action);
  if (changed === undefined) return state;
  const { text, subject, ...rest } = changed;
  return withConsequences(state, { ...state, ...rest, entries: noted(state.entries, [{ by: 'learner', text, subject }]) });
}

/** One step of the machine. What cannot be done changes nothing. */
export function reduce(state: State, action: Action): State {
  const after = act(state, action);
  return after === state ? state : withOutlook(after, state);
}
