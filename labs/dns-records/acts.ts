import { addressOf, birthAddress, scale, setReadiness } from './cluster.ts';
import { isReady, keyOf, replicasMax, said, type Cluster, type Input, type Said } from './input.ts';
import { isSameQuery } from './query.ts';
import type { Action } from './state.ts';
import type { Situation } from './situation.ts';

/** What an act makes of the state, and how the log tells it. */
type Changed = Partial<Situation> & { readonly text: string; readonly subject: string };

function changeReadiness({ cluster, readiness }: Situation, key: string, ready: boolean): Changed | undefined {
  const found = cluster.pods.find(({ pod }) => keyOf(pod) === key);
  if (found === undefined || isReady(found.pod) === ready) return undefined;
  const text = `Pod ${found.pod.metadata.name} is ${ready ? 'ready now' : 'not ready any more'}: you say so`;
  return { cluster: setReadiness(cluster, key, ready), readiness: { ...readiness, [key]: ready }, text, subject: `pod:${key}` };
}

function changeReplicas({ cluster, births }: Situation, key: string, replicas: number): Changed | undefined {
  const set = cluster.sets.find((each) => keyOf(each) === key);
  const whole = Math.trunc(replicas);
  if (set === undefined || (set.spec.replicas ?? 1) === whole || whole < 0 || whole > replicasMax) return undefined;
  return {
    ...scale(cluster, key, whole, births),
    text: `You scale StatefulSet ${set.metadata.name} to ${whole}`,
    subject: `service:${key.split('/')[0] ?? ''}/${set.spec.serviceName ?? ''}`,
  };
}

function deleteService({ cluster, deleted }: Situation, key: string): Changed | undefined {
  const service = cluster.services.find((each) => keyOf(each) === key);
  if (service === undefined) return undefined;
  const services = cluster.services.filter((each) => each !== service);
  return { cluster: { ...cluster, services }, deleted: [...deleted, service], text: `You delete Service ${service.metadata.name}`, subject: `service:${key}` };
}

function restoreService({ cluster, deleted }: Situation, key: string): Changed | undefined {
  const service = deleted.find((each) => keyOf(each) === key);
  if (service === undefined) return undefined;
  const services = [...cluster.services, service];
  return {
    cluster: { ...cluster, services },
    deleted: deleted.filter((each) => each !== service),
    text: `You create Service ${service.metadata.name} again`,
    subject: `service:${key}`,
  };
}

/** A pod that was there keeps its address and the readiness that the learner chose; a new one takes no address in use. */
function keepPods({ cluster: old, readiness, births }: Situation, cluster: Cluster): Pick<Situation, 'cluster' | 'births'> {
  const before = new Map(old.pods.map(({ pod }) => [keyOf(pod), addressOf(pod)]));
  const taken = new Set(before.values());
  let born = births;
  const pods = cluster.pods.map((each) => {
    if (each.isStatusWritten === true) return each;
    const own = addressOf(each.pod);
    const address = before.get(keyOf(each.pod)) ?? (taken.has(own) ? birthAddress((born += 1)) : own);
    return { ...each, pod: { ...each.pod, status: { ...each.pod.status, podIP: address, podIPs: [{ ip: address }] } } };
  });
  const now = Object.entries(readiness).reduce<Cluster>((next, [key, ready]) => setReadiness(next, key, ready), { ...cluster, pods });
  return { cluster: now, births: born };
}

/** Which of the texts were edited, in words. */
function editedTexts(before: Said, after: Said): string {
  const labels = [
    before.clusterText === after.clusterText ? '' : 'objects',
    JSON.stringify(before.corefile) === JSON.stringify(after.corefile) ? '' : 'Corefile',
    JSON.stringify(before.guesses) === JSON.stringify(after.guesses) ? '' : 'names',
  ];
  return labels.filter((label) => label !== '').join(' and ');
}

function apply(state: Situation, input: Input): Changed | undefined {
  const edited = editedTexts(state.input, input);
  if (edited === '') return undefined;
  const isSameCorefile = JSON.stringify(input.corefile) === JSON.stringify(state.input.corefile);
  const asked = state.queries.slice(state.input.guesses.length).filter((query) => !input.guesses.some((guess) => isSameQuery(guess, query)));
  const queries = [...input.guesses, ...asked];
  const added = input.guesses.findIndex((guess) => !state.queries.some((query) => isSameQuery(query, guess)));
  const current = state.queries[state.shown];
  const same = current === undefined ? -1 : queries.findIndex((query) => isSameQuery(query, current));
  return {
    input: said(input),
    ...keepPods(state, input.cluster),
    corefile: isSameCorefile ? state.corefile : input.corefile,
    deleted: [],
    queries,
    shown: added >= 0 ? added : same >= 0 ? same : queries.length > 0 ? 0 : -1,
    text: `You edit the ${edited}`,
    subject: 'corefile',
  };
}

/** What an act on objects or Corefile changes; undefined: nothing. */
export function changeCluster(state: Situation, action: Exclude<Action, { readonly type: 'ask' | 'qtype' }>): Changed | undefined {
  switch (action.type) {
    case 'ready':
      return changeReadiness(state, action.pod, action.ready);
    case 'scale':
      return changeReplicas(state, action.set, action.replicas);
    case 'delete':
      return deleteService(state, action.service);
    case 'restore':
      return restoreService(state, action.service);
    case 'pods':
      if (action.mode === state.corefile.pods) return undefined;
      return { corefile: { ...state.corefile, pods: action.mode }, text: `The Corefile says "pods ${action.mode}" now`, subject: 'corefile' };
    case 'apply':
      return apply(state, action.input);
  }
}
