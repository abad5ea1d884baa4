import type { Explanation } from '../lab.ts';
import { worldOf } from './cluster.ts';
import { isReady, keyOf, namespaceOf } from './input.ts';
import { whyNoName } from './reasons.ts';
import { kindInWords, wantedName } from './rows.ts';
import type { Situation } from './situation.ts';

/** An answer to "why?", before the log is looked at for the cause. */
export type Explained = Omit<Explanation, 'cause' | 'source'>;

/** Steps that one answer has at most. */
const stepsMax = 8;

function whyService(situation: Situation, key: string): Explained | undefined {
  const service = situation.cluster.services.find((each) => keyOf(each) === key);
  const [namespace = '', name = ''] = key.split('/');
  if (service === undefined) {
    const isWanted = situation.cluster.pods.some(({ pod }) => namespaceOf(pod) === namespace && pod.spec.subdomain === name);
    return isWanted
      ? { title: `There is no Service ${name} in namespace ${namespace}`, because: 'Pods name it as their subdomain, and it does not exist.' }
      : undefined;
  }
  const { decisions, listed } = worldOf(situation);
  const { none, pods = [] } = decisions.get(key) ?? {};
  const made = listed.filter(({ from }) => from.namespace === namespace && from.name === name && from.kind !== 'Pod').length;
  const why = none ?? (pods.length === 0 ? 'its selector matches no pod' : undefined);
  return {
    title: `Service ${name}, ${kindInWords(service)}`,
    because: why === undefined ? `Records made from it and its endpoints: ${made}.` : `Records made from it: ${made}. No EndpointSlice is made for it: ${why}.`,
    steps: pods.slice(0, stepsMax).map(({ pod, outcome, because }) => `${pod}: ${outcome}, ${because}.`),
  };
}

function whyPod(situation: Situation, key: string): Explained | undefined {
  const found = situation.cluster.pods.find(({ pod }) => keyOf(pod) === key);
  if (found === undefined) return undefined;
  const { pod, owner } = found;
  const world = worldOf(situation);
  const missing = whyNoName(world, found);
  const lists = [...world.decisions].flatMap(([service, { pods }]) => {
    const decided = service.startsWith(`${namespaceOf(pod)}/`) ? pods.find((each) => each.pod === pod.metadata.name) : undefined;
    return decided === undefined ? [] : [`In the EndpointSlice of Service ${service}: ${decided.outcome}, ${decided.because}.`];
  });
  const steps = [...(owner === undefined ? [] : [`Made by ${owner}.`]), ...(lists.length === 0 ? ['No Service selects it.'] : lists)];
  return {
    title: `Pod ${pod.metadata.name}, ${isReady(pod) ? 'ready' : 'not ready'}`,
    because: missing === undefined ? `It has a name of its own, ${wantedName(situation, pod) ?? ''}` : `It has no name of its own: ${missing.text}.`,
    steps: steps.length <= stepsMax ? steps : [...steps.slice(0, stepsMax - 1), `And in those of ${steps.length - stepsMax + 1} more Services.`],
  };
}

function whySlice({ cluster }: Situation, key: string): Explained | undefined {
  const slice = cluster.slices.find((each) => keyOf(each) === key);
  const service = slice?.metadata.labels?.['kubernetes.io/service-name'];
  return (
    slice && {
      title: `EndpointSlice ${slice.metadata.name}, written by hand`,
      because: `By its label it belongs to Service ${service ?? ''}, and no controller looks after it.`,
    }
  );
}

const explainers: Readonly<Record<string, (situation: Situation, key: string) => Explained | undefined>> = {
  service: whyService,
  pod: whyPod,
  slice: whySlice,
};

/** Why each of these subjects is as it is, as far as it is an object: `service:`, `pod:` and `slice:`. What is not there and never was has no answer. */
export function explanationsOf(situation: Situation, subjects: ReadonlySet<string>): Readonly<Record<string, Explained>> {
  return Object.fromEntries(
    [...subjects].flatMap((subject) => {
      const [kind = ''] = subject.split(':', 1);
      const explained = Object.hasOwn(explainers, kind) ? explainers[kind]?.(situation, subject.slice(kind.length + 1)) : undefined;
      return explained === undefined ? [] : [[subject, explained] as const];
    }),
  );
}
