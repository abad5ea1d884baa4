import type { ComponentChildren } from 'preact';
import type { ViewProps } from '../lab.ts';
import { isReady, isTerminating, keyOf, type PlacedPod } from './input.ts';
import { Glyph } from '../kit/glyph.tsx';
import { Why } from '../kit/why.tsx';
import { pictureOf } from './picture.ts';
import type { Action, State } from './state.ts';
import { runsOn, seenOn } from './situation.ts';
import { clientPods, conditionOf, distributionOf, fieldOf, nodeNamed, podsAtHand, selectedPods, shownService } from './traffic.ts';
import { Tree } from './tree.tsx';
import { count, grouped } from './words.ts';

type Props = ViewProps<State, Action>;

function PodItem({ found, state, selected, select, act }: Props & { readonly found: PlacedPod }) {
  const { pod } = found;
  const key = keyOf(pod);
  const { name } = pod.metadata;
  const ready = isReady(pod);
  const isGoing = isTerminating(pod);
  const inRules = state.outlook.ways.some(({ node, known }) => node === state.node && known.some((to) => to.startsWith(`${pod.status?.podIP ?? ''}:`)));
  return (
    <li class={isGoing ? 'going' : ready ? undefined : 'unready'}>
      <Glyph kind="pod" />
      <span>
        <Why subject={`pod:${key}`} selected={selected} select={select}>
          {name}
        </Why>
        <span class="s dim">
          {' '}
          {pod.spec.nodeName} · <code>{pod.status?.podIP}</code>
        </span>
        <span class="acts s">
          <button
            type="button"
            aria-label={`${name} is ${ready ? 'ready' : 'not ready'}: change that`}
            onClick={() => {
              act({ type: 'ready', pod: key, ready: !ready });
            }}
          >
            {ready ? '✓ ready' : '✗ not ready'}
          </button>
          <button
            type="button"
            aria-label={isGoing ? `${name} is terminating: let it end` : `Delete ${name}`}
            onClick={() => {
              act({ type: isGoing ? 'remove' : 'terminate', pod: key });
            }}
          >
            {isGoing ? 'let it end' : 'delete'}
          </button>
          <span class="dim">
            {isGoing && `${conditionOf(found)}, `}
            {inRules ? '→ in the rules' : 'in no rule'}
          </span>
        </span>
      </span>
    </li>
  );
}

function Pods({ pods, title, ...props }: Props & { readonly pods: readonly PlacedPod[]; readonly title: string }) {
  const near = pods.filter((pod) => podsAtHand(props.state).includes(pod));
  return (
    <>
      <p class="s dim">{title}</p>
      <ul class="pods">
        {near.map((found) => (
          <PodItem found={found} {...props} />
        ))}
        {pods.length > near.length && <li class="s dim">and {pods.length - near.length} more</li>}
      </ul>
    </>
  );
}

/** The objects that the rules are made from. */
function Objects(props: Props) {
  const { state, selected, select } = props;
  const service = shownService(state);
  if (service === undefined) return <p class="dim">There is no Service. Write one into the objects.</p>;
  const { type, clusterIP = '', ports = [] } = service.spec;
  const isExternal = type === 'NodePort' || type === 'LoadBalancer';
  const pods = selectedPods(state, service);
  const clients = clientPods(state);
  const others = podsAtHand(state).filter((pod) => !pods.includes(pod) && !clients.includes(pod));
  const distribution = distributionOf(service);
  return (
    <div class="objects" role="group" aria-label="Objects">
      <p>
        <Glyph kind="service" />{' '}
        <Why subject={`service:${state.shown}`} selected={selected} select={select}>
          {state.shown}
        </Why>
        <span class="s dim"> {fieldOf(service, 'type')}</span>
      </p>
      <ul class="fields s">
        {ports.map(({ name, port, protocol = 'TCP', nodePort }) => (
          <li>
            <code>
              {clusterIP === '' ? 'no address' : clusterIP}:{port}
            </code>
            /{protocol}
            {name !== undefined && ` ${name}`}
            {nodePort !== undefined && nodePort !== 0 && (
              <>
                , node port <code>{nodePort}</code>
              </>
            )}
          </li>
        ))}
        {(['internalTrafficPolicy', 'externalTrafficPolicy', 'sessionAffinity'] as const)
          .filter((field) => (field === 'externalTrafficPolicy' ? isExternal : fieldOf(service, field) !== (field === 'sessionAffinity' ? 'None' : 'Cluster')))
          .map((field) => (
            <li>
              {field}: <b>{fieldOf(service, field)}</b>
            </li>
          ))}
        {distribution !== undefined && (
          <li>
            trafficDistribution: <b>{distribution}</b>
          </li>
        )}
      </ul>
      {pods.length === 0 ? <p class="s dim">Its selector fits no pod.</p> : <Pods pods={pods} title="Pods that it selects" {...props} />}
      {clients.length > 0 && <Pods pods={clients} title="Pods that no Service selects: clients" {...props} />}
      {others.length > 0 && <Pods pods={others} title="Pods of other Services" {...props} />}
    </div>
  );
}

function Bar({ part, of }: { readonly part: number; readonly of: number }) {
  return (
    <svg class="bar" aria-hidden="true">
      <rect width="100%" height="8" class="all" />
      <rect width={`${Math.max(0.6, (100 * part) / of).toFixed(1)}%`} height="8" class="taken" />
    </svg>
  );
}

/** How long the way to the last Service is, in both modes. */
function Lengths({ state, selected, select }: Props) {
  const { sizes } = state.outlook;
  const { mode: now } = seenOn(state, state.node);
  const longest = Math.max(...sizes.map(({ route }) => route.rules));
  return (
    <div class="lengths s">
      <p class="dim">
        <Why subject="mode" selected={selected} select={select}>
          Rules that a pod’s first packet meets, at worst
        </Why>
      </p>
      {sizes.map(({ mode, route, rules }) => (
        <p class={mode === now ? 'now' : undefined}>
          <span>{mode}</span>
          <Bar part={route.rules} of={longest} />
          <span>
            <b>{grouped(route.rules)}</b>
            {route.lookups > 0 && ` and ${count(route.lookups, 'lookup')}`} <span class="dim">of {grouped(rules)} rules</span>
          </span>
        </p>
      ))}
    </div>
  );
}

function Head({ children }: { readonly children: ComponentChildren }) {
  return <p class="head">{children}</p>;
}

/** Objects above, below them what kube-proxy made of them on a node. */
export default function View(props: Props) {
  const { state, selected, select } = props;
  const running = runsOn(state, state.node);
  const { mode } = seenOn(state, state.node);
  const { changeWords: words, sizes, blocks, gone } = state.outlook;
  const { chains = 0, rules = 0, elements = 0 } = sizes.find((size) => size.mode === mode) ?? {};
  return (
    <div class="rules">
      <Objects {...props} />
      <div class="frame" role="group" aria-label={`Rules on ${state.node}`}>
        <Head>
          <Glyph kind="node" />{' '}
          <Why subject={`node:${state.node}`} selected={selected} select={select}>
            {state.node}
          </Why>
          <span class="s dim">
            {' '}
            {nodeNamed(state, state.node).address} · {mode} ·{' '}
          </span>
          <Why subject={`proxy:${state.node}`} selected={selected} select={select}>
            <span class={`s ${running ? 'ok' : 'no'}`}>{running ? '✓ kube-proxy runs' : '✗ kube-proxy stopped: these rules are old'}</span>
          </Why>
        </Head>
        <p class="s">
          {count(chains, 'chain')}, {count(rules, 'rule')}
          {elements > 0 && `, ${count(elements, 'element')} in maps and sets`}.{' '}
          {words !== '' && (
            <>
              Last change: <mark>{words}</mark>.
            </>
          )}
        </p>
        <Tree picture={pictureOf(blocks)} gone={gone} state={state} selected={selected} select={select} />
        <Lengths {...props} />
      </div>
    </div>
  );
}
