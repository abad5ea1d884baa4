import { currentRun, type State } from './state.ts';
import { isFinished } from './run.ts';

/** What holds in every state of every run. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'time never goes back': ({ entries }) => {
    const late = entries.find((entry, index) => index > 0 && entry.atMs < (entries[index - 1]?.atMs ?? 0));
    return late === undefined ? undefined : `entry ${late.id} lies before the one above it`;
  },
  'every cause is earlier': ({ entries }) => {
    const wrong = entries.find((entry) => entry.cause !== undefined && entry.cause >= entry.id);
    return wrong === undefined ? undefined : `entry ${wrong.id} is caused by ${wrong.cause ?? 0}`;
  },
  'every query is an absolute name of at most 255 bytes': ({ runs }) => {
    const wrong = runs.flatMap((run) => run.trace.queries).find(({ qname }) => !qname.endsWith('.') || qname.length > 255);
    return wrong === undefined ? undefined : `${wrong.qname} was sent`;
  },
  'a lookup that has ended has exactly one result': (state) => {
    const run = currentRun(state);
    const results = run.trace.events.filter((event) => event.kind === 'result').length;
    return results === 1 && (!isFinished(run) || run.trace.events.at(-1)?.kind === 'result') ? undefined : `${results} results`;
  },
  'addresses that the program gets came from somewhere': ({ runs }) => {
    for (const { trace, name } of runs) {
      const received = trace.events.flatMap((event) => (event.kind === 'receive' ? event.answer.records.map((record) => record.data) : []));
      const local = trace.events.some((event) => event.kind === 'local' && event.found);
      const strange = (trace.result.addresses ?? []).find((address) => !local && !received.includes(address));
      if (strange !== undefined) return `${name} gave ${strange}, which no server said`;
    }
    return undefined;
  },
};
