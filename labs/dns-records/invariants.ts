import { answerOf } from './answer.ts';
import { worldOf } from './cluster.ts';
import { groupsOf } from './groups.ts';
import { labelsOf } from './labels.ts';
import { outlookOf } from './outlook.ts';
import type { State } from './state.ts';
import { shownQuery } from './situation.ts';

/** What holds in every state. */
export const invariants: Readonly<Record<string, (state: State) => string | undefined>> = {
  'every cause is earlier': ({ entries }) => {
    const wrong = entries.find((entry) => entry.cause !== undefined && entry.cause >= entry.id);
    return wrong === undefined ? undefined : `entry ${wrong.id} is caused by ${wrong.cause ?? 0}`;
  },
  'every address record of an endpoint is the address of a pod or written by hand': (state) => {
    const { pods, slices } = state.cluster;
    const known = new Set([
      ...pods.flatMap(({ pod }) => [pod.status?.podIP, ...(pod.status?.podIPs ?? []).map(({ ip }) => ip)]),
      ...slices.flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses)),
    ]);
    const strange = worldOf(state).listed.find(
      ({ from, type, data }) => from.kind === 'EndpointSlice' && (type === 'A' || type === 'AAAA') && !known.has(data),
    );
    return strange === undefined ? undefined : `${strange.name} leads to ${strange.data}, which nothing has`;
  },
  'a row is there exactly if the server has a record under its name': (state) => {
    const { recordsAt } = worldOf(state);
    const wrong = groupsOf(state)
      .flatMap(({ rows }) => rows)
      .find(
        ({ name, state: is, records }) =>
          (is === 'exists') !== (name !== '' && records.some(({ type, data }) => recordsAt(name).some((each) => each.type === type && each.data === data))),
      );
    return wrong === undefined ? undefined : `${wrong.name} of ${wrong.object} is drawn as ${wrong.state}`;
  },
  'the reading of a name ends where the answer says': (state) => {
    const query = shownQuery(state);
    if (query === undefined || !['A', 'AAAA'].includes(query.type)) return undefined;
    const { rcode } = answerOf(state, query);
    const isMissing = labelsOf(state, query).some(({ verdict }) => verdict === 'missing');
    return isMissing === (rcode !== 'NOERROR') ? undefined : `${query.name} gives ${rcode}, and its labels say otherwise`;
  },
  'what is gone is not there': (state) => {
    const { recordsAt } = worldOf(state);
    const back = state.gone.find(({ name, type, data }) => recordsAt(name).some((record) => record.type === type && record.data === data));
    return back === undefined ? undefined : `${back.name} is gone and there`;
  },
  'the stored outlook is the outlook of the state': (state) => {
    const stored: Readonly<Record<string, unknown>> = { ...state.outlook };
    const stale = Object.entries(outlookOf(state)).find(([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field]));
    return stale === undefined ? undefined : `its ${stale[0]} are not those of the state`;
  },
};
