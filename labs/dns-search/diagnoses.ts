import { currentRun, type State } from './state.ts';
import { isFinished } from './run.ts';

const failed = (state: State): boolean => isFinished(currentRun(state)) && currentRun(state).trace.result.code !== 'OK';

/** Feedback for wrong turns. Each belongs to a state, whatever led there. */
export const diagnoses = {
  'search-list-gone': {
    when: (state: State) => state.outlook.settings.searches.length === 0,
    text: 'The file has no search list any more, so no short name is found. Outside names need fewer queries, but every neighbour needs its full name now.',
  },
  'not-cluster-dns': {
    when: (state: State) => !state.outlook.settings.servers.some((server) => state.input.network.clusterDns.includes(server)),
    text: 'This file does not name the cluster DNS. The servers it names know the outside world, but no Service.',
  },
  'ndots-too-high': {
    when: (state: State) => {
      const { name } = currentRun(state);
      const dots = name.split('.').length - 1;
      return !name.endsWith('.') && dots > 1 && dots < state.outlook.settings.ndots && state.outlook.settings.ndots < 5;
    },
    text: 'The name still has fewer dots than ndots, so the search list still goes first. Count the dots in the name.',
  },
  'dot-on-short-name': {
    when: (state: State) => failed(state) && /^[^.]+(\.[^.]+)?\.$/u.test(currentRun(state).name),
    text: 'The final dot says: this is the whole name. Nothing is added to it, and no Service has so short a name.',
  },
  'wrong-namespace': {
    when: (state: State) => {
      const { pod, view } = state.input;
      const [service, namespace] = currentRun(state).name.split('.');
      return (
        failed(state) &&
        namespace === (pod.metadata.namespace ?? 'default') &&
        view.services.some(({ metadata }) => metadata.name === service && metadata.namespace !== namespace)
      );
    },
    text: 'That is the namespace of the pod. Name the namespace in which the Service lives.',
  },
  'still-waits': {
    when: (state: State) => {
      const run = currentRun(state);
      return run.trace.events.slice(0, run.shown).some((event) => event.kind === 'timeout');
    },
    text: 'The program still waits for a server that does not answer, at every name. Options change how long; the order and choice of servers change whether.',
  },
  'other-library': {
    when: (state: State) => currentRun(state).library.startsWith('glibc') && state.input.asked.library.startsWith('musl'),
    text: 'With another C library it works, but the image is what it is. Find a name or a file that works with both.',
  },
  'own-file': {
    when: (state: State) => state.outlook.file.pasted,
    text: 'A file edited in the container is gone with the container. Say the same in the pod’s dnsConfig, and the kubelet writes it each time.',
  },
} as const;
