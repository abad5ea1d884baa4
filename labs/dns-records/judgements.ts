import { dashed, parseAddress } from '../engine/network/cluster-dns/address.ts';
import type { Check } from '../lab.ts';
import { answerOf, type Answered } from './answer.ts';
import { addressOf, worldOf } from './cluster.ts';
import { forEachCheck, type CheckId } from './check-ids.ts';
import { keyOf, type Query } from './input.ts';
import type { Situation } from './situation.ts';

/** Met by the first query whose answer passes; else told with what was observed of the last. */
function someQuery(state: Situation, type: Query['type'], what: string, passes: (answered: Answered, query: Query) => boolean): Check {
  const asked = state.queries.filter((query) => query.type === type).map((query) => ({ query, answered: answerOf(state, query) }));
  const met = asked.find(({ query, answered }) => passes(answered, query));
  if (met !== undefined) return { met: true, because: `${met.query.name} gives ${met.answered.words}` };
  const last = asked.at(-1);
  return {
    met: false,
    because: last === undefined ? `nothing was asked for with type ${type}` : `${last.query.name} gives ${last.answered.words}; wanted is ${what}`,
  };
}

const isUnready = (state: Situation, { name }: Query): boolean => {
  const [service = '', namespace = ''] = name.split('.');
  const decision = worldOf(state).decisions.get(`${namespace}/${service}`);
  return decision?.none === undefined && decision?.pods.every(({ outcome }) => outcome !== 'ready') === true;
};

function namesFound(state: Situation): Check {
  const { guesses } = state.input;
  const failing = guesses.filter((query) => answerOf(state, query).tone !== 'good');
  if (guesses.length === 0) return { met: false, because: 'there is no name to ask for' };
  if (failing.length === 0)
    return { met: true, because: guesses.length === 1 ? `${guesses[0]?.name ?? ''} is found` : `all ${guesses.length} names are found` };
  const [first] = failing;
  return { met: false, because: first === undefined ? '' : `${first.name} gives ${answerOf(state, first).words}` };
}

function sameNameNewAddress(state: Situation): Check {
  const moved = state.gone.find(
    ({ name, type }) =>
      type === 'A' &&
      worldOf(state)
        .recordsAt(name)
        .some((record) => record.type === type),
  );
  if (moved === undefined) return { met: false, because: 'every name still has the address that it began with' };
  return {
    met: true,
    because: `${moved.name} led to ${moved.data}; now to ${worldOf(state)
      .recordsAt(moved.name)
      .map(({ data }) => data)
      .join(', ')}`,
  };
}

function onlyRealPods(state: Situation): Check {
  const { zone } = worldOf(state).context;
  const asked = state.queries.filter(({ name }) => name.toLowerCase().endsWith(`.pod.${zone}`));
  const found = asked.filter((query) => answerOf(state, query).tone === 'good');
  const addresses = new Set(state.cluster.pods.map(({ pod }) => dashed(addressOf(pod))));
  const invented = found.find(({ name }) => !addresses.has(name.split('.')[0] ?? ''));
  if (invented !== undefined) return { met: false, because: `${invented.name} is answered, and no pod has that address` };
  const met = found.length > 0 && found.length < asked.length;
  return { met, because: `${found.length} of ${asked.length} names below pod are answered` };
}

function allMembersListed(state: Situation): Check {
  return someQuery(state, 'A', 'the address of every pod that the Service selects', ({ rule, records }, { name }) => {
    const [service = '', namespace = ''] = name.split('.');
    const pods = worldOf(state).decisions.get(`${namespace}/${service}`)?.pods.length ?? 0;
    return rule === 'headless' && pods > 0 && records.length === pods;
  });
}

const judges: Readonly<Record<CheckId, (state: Situation) => Check>> = {
  'names-found': namesFound,
  'found-without-pods': (state: Situation) =>
    someQuery(state, 'A', 'an address though no pod is ready', ({ rule, tone }, query) => rule === 'ClusterIP' && tone === 'good' && isUnready(state, query)),
  'no-data': (state: Situation) => someQuery(state, 'AAAA', 'NODATA', ({ rcode, records }) => rcode === 'NOERROR' && records.length === 0),
  'all-members-listed': allMembersListed,
  'same-name-new-address': sameNameNewAddress,
  'alias-leads-nowhere': (state: Situation) =>
    someQuery(state, 'A', 'an alias without an address', ({ records }) => records.length > 0 && records.every(({ type }) => type === 'CNAME')),
  'only-real-pods': onlyRealPods,
  'srv-of-the-service': (state: Situation) =>
    someQuery(state, 'SRV', 'the ports under the Service’s own name', ({ tone }, { name }) => tone === 'good' && !name.startsWith('_')),
  'called-by-address': (state: Situation) =>
    someQuery(state, 'A', 'an endpoint that is called by its address', ({ rule, tone, records }, { name }) => {
      const [label = ''] = name.split('.');
      return rule === 'endpoint' && tone === 'good' && records.some(({ data }) => parseAddress(data) !== undefined && dashed(data) === label);
    }),
  'two-pointers': (state: Situation) => someQuery(state, 'PTR', 'an address with two names', ({ records }) => records.length >= 2),
  'members-ready-or-published': (state: Situation): Check => {
    const notListed = [...worldOf(state).decisions].flatMap(([, { pods }]) => pods.filter(({ outcome }) => outcome !== 'ready'));
    return {
      met: notListed.length === 0,
      because: notListed.length === 0 ? 'every selected pod is listed as ready' : `${notListed[0]?.pod ?? ''} is not listed: ${notListed[0]?.because ?? ''}`,
    };
  },
  'three-members': (state: Situation): Check => {
    const sets = state.cluster.sets.map((set) => ({
      name: set.metadata.name,
      members: state.cluster.pods.filter(({ owner }) => owner === `StatefulSet ${keyOf(set)}`).length,
    }));
    return {
      met: sets.some(({ members }) => members === 3),
      because: sets.map(({ name, members }) => `${name} has ${members} members`).join(', ') || 'there is no StatefulSet',
    };
  },
};

/** How every goal of the lab stands in this situation. */
export function judgementsOf(situation: Situation): Readonly<Record<CheckId, Check>> {
  return forEachCheck((id) => judges[id](situation));
}
