import { subjectOf } from '../engine/loop/cluster.ts';
import type { PersistentVolume, PersistentVolumeClaim, PodObject } from '../engine/api/cluster-kinds.ts';
import { capital, phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import { isPodReady, podPhase } from '../kit/cluster-lab/pod-phase.ts';
import { Glyph } from '../kit/glyph.tsx';
import { Why } from '../kit/why.tsx';
import type { ViewProps } from '../lab.ts';
import { strategyOf } from './acts.ts';
import { nodeInWords } from './describe.ts';
import { accessInWords } from './explain.ts';
import {
  backendInWords,
  claimOfVolume,
  deploymentsOf,
  isUp,
  meaningOf,
  modesInWords,
  sceneOf,
  type Link,
  type Mount,
  type Place,
  type Scene,
} from './scene.ts';
import type { Action, State } from './state.ts';
import { Wires, type Branch } from './wires.tsx';

type Props = ViewProps<State, Action>;
type Asking = Pick<Props, 'selected' | 'select'>;

/** More volumes, nodes and pods than these are only in the tables. Each volume takes 30 pixels from the width. */
const volumesMax = 4;
const placesMax = 8;
const podsMax = 8;

/** The mode as a sign, with what it comes to. */
function Sign({ volume, state, selected, select }: Asking & { readonly volume: PersistentVolume; readonly state: State }) {
  const claim = claimOfVolume(state, volume);
  const { name } = volume.metadata;
  return (
    <div class="cell drum-cell">
      <b class="sign">{modesInWords(volume.spec.accessModes)}</b>
      <Why subject={subjectOf(volume)} selected={selected} select={select}>
        {name.length > 20 ? `${name.slice(0, 12)}…` : name}
      </Why>
      {claim === undefined ? (
        <span class="s dim">{phaseOf(volume)}</span>
      ) : (
        <span class="s">
          claim{' '}
          <Why subject={subjectOf(claim)} selected={selected} select={select}>
            {shortName(claim)}
          </Why>
        </span>
      )}
      <span class="s dim about">
        {capital(meaningOf(volume.spec.accessModes))}. {backendInWords(volume)}.
      </span>
    </div>
  );
}

/** A pod at the end of its line. */
function Mounted({ mount, volume, selected, select }: Asking & { readonly mount: Mount; readonly volume: PersistentVolume }) {
  const { pod, state } = mount;
  const { namespace = '', name } = pod.metadata;
  return (
    <li class={`mount ${state}`}>
      <PodName pod={pod} isUp={state === 'mounted' && isPodReady(pod)} selected={selected} select={select} />
      <span class="s access">
        {state === 'refused' && <b aria-hidden="true">✗ </b>}
        <Why subject={`mount/${namespace}/${name}/${volume.metadata.name}`} selected={selected} select={select}>
          {accessInWords(mount)}
        </Why>
      </span>
    </li>
  );
}

function PodName({ pod, isUp: runs, selected, select }: Asking & { readonly pod: PodObject; readonly isUp: boolean }) {
  // Without the registry: what tells two versions apart stands at the end.
  const image = (pod.spec.containers[0]?.image ?? '').split('/').at(-1) ?? '';
  return (
    <>
      <Glyph kind="pod" isHole={!runs} />
      <Why subject={subjectOf(pod)} selected={selected} select={select}>
        {shortName(pod)}
      </Why>
      <span class="s dim">
        {podPhase(pod).word}
        {pod.metadata.ownerReferences === undefined ? '' : `, ${image}`}
      </span>
    </>
  );
}

function LinkCell({ link, edge, selected, select }: Asking & { readonly link: Link; readonly edge: string }) {
  const { volume, node, word, mounts, state } = link;
  return (
    <div class={`cell in ${edge}`}>
      <span class={`s word ${state}`}>
        <Why subject={`link/${volume.metadata.name}/${node}`} selected={selected} select={select}>
          {word}
        </Why>
      </span>
      <ul>
        {mounts.slice(0, podsMax).map((mount) => (
          <Mounted key={mount.pod.metadata.uid} mount={mount} volume={volume} selected={selected} select={select} />
        ))}
        {mounts.length > podsMax && <li class="s dim">and {mounts.length - podsMax} more</li>}
      </ul>
    </div>
  );
}

interface Row {
  readonly key: string;
  readonly cell: preact.JSX.Element;
  readonly begins?: number;
  readonly branch?: Branch;
}

function rowsOf(state: State, scene: Scene, asking: Asking): readonly Row[] {
  const volumes = scene.volumes.slice(0, volumesMax);
  return [
    ...volumes.map((volume, index): Row => ({ key: volume.metadata.uid, begins: index, cell: <Sign volume={volume} state={state} {...asking} /> })),
    ...scene.places.slice(0, placesMax).flatMap((place) => placeRows(state, place, volumes, asking)),
  ];
}

function placeRows(state: State, place: Place, volumes: readonly PersistentVolume[], asking: Asking): readonly Row[] {
  const { node } = place;
  const name = node?.metadata.name ?? '';
  const kind = node === undefined ? 'none' : isUp(state, name) ? 'node' : 'node dark';
  const links = place.links.filter(({ volume }) => volumes.includes(volume));
  const drawn = new Set(links.flatMap(({ mounts }) => mounts.map(({ pod }) => pod)));
  const undrawn = place.links.flatMap(({ mounts }) => mounts.map(({ pod }) => pod)).filter((pod) => !drawn.has(pod));
  const others = [...new Set([...place.others, ...undrawn])];
  const hasOthers = others.length > 0 || links.length === 0;
  const head = (
    <div class={`cell in head ${kind}`}>
      {node === undefined ? (
        <p class="name">On no node</p>
      ) : (
        <p class="name">
          <Glyph kind="node" isHole={!isUp(state, name)} />
          <Why subject={subjectOf(node)} {...asking}>
            {name}
          </Why>
          <span class="s dim">{nodeInWords(state, node)}</span>
        </p>
      )}
    </div>
  );
  return [
    { key: `head ${name}`, cell: head },
    ...links.map((link, index): Row => {
      const edge = index === links.length - 1 && !hasOthers ? `${kind} last` : kind;
      const branch = { volume: volumes.indexOf(link.volume), state: link.state };
      return { key: `${link.volume.metadata.uid} ${name}`, branch, cell: <LinkCell link={link} edge={edge} {...asking} /> };
    }),
    ...(hasOthers ? [{ key: `others ${name}`, cell: <Others pods={others} edge={`${kind} last`} state={state} {...asking} /> }] : []),
  ];
}

/** Pods without a line. */
function Others({ pods, edge, state, ...asking }: Asking & { readonly pods: readonly PodObject[]; readonly edge: string; readonly state: State }) {
  return (
    <div class={`cell in ${edge}`}>
      {pods.length === 0 ? (
        <span class="s dim">no pod, no volume</span>
      ) : (
        <ul>
          {pods.slice(0, podsMax).map((pod) => (
            <li key={pod.metadata.uid} class="mount alone">
              <PodName pod={pod} isUp={isPodReady(pod) && isUp(state, pod.spec.nodeName ?? '')} {...asking} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Claims without a volume: there is nothing to draw a line from. */
function Waiting({ claims, selected, select }: Asking & { readonly claims: readonly PersistentVolumeClaim[] }) {
  if (claims.length === 0) return null;
  return (
    <ul class="claims" aria-label="Claims without a volume">
      {claims.slice(0, volumesMax).map((claim) => (
        <li key={claim.metadata.uid}>
          <Glyph kind="volume" isHole />
          <b class="sign">{modesInWords(claim.spec.accessModes)}</b>
          <span>
            claim{' '}
            <Why subject={subjectOf(claim)} selected={selected} select={select}>
              {shortName(claim)}
            </Why>
          </span>
          <span class="s dim">{phaseOf(claim)}: it has no volume</span>
        </li>
      ))}
    </ul>
  );
}

function Deployments({ state, selected, select }: Asking & { readonly state: State }) {
  const deployments = deploymentsOf(state).slice(0, volumesMax);
  if (deployments.length === 0) return null;
  return (
    <ul class="claims" aria-label="Deployments">
      {deployments.map((each) => (
        <li key={each.metadata.uid}>
          <span>
            Deployment{' '}
            <Why subject={subjectOf(each)} selected={selected} select={select}>
              {shortName(each)}
            </Why>
          </span>
          <span class="s dim">
            {each.spec.replicas ?? 1} × {each.spec.template.spec.containers[0]?.image ?? ''}, {strategyOf(each)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Each volume is a drum from which a wire runs down; lines branch off to the nodes, and end at the pods. A line that is refused is broken. */
export default function View({ state, selected, select }: Props) {
  const scene = sceneOf(state);
  const asking = { selected, select };
  const rows = rowsOf(state, scene, asking);
  const count = Math.min(scene.volumes.length, volumesMax);
  const lastRow = Array.from({ length: count }, (_, index) =>
    Math.max(
      index,
      rows.findLastIndex(({ branch }) => branch?.volume === index),
    ),
  );
  const wiring = { count, lastRow };
  return (
    <div class={`modes w${count}`}>
      <Deployments state={state} {...asking} />
      <Waiting claims={scene.waiting} {...asking} />
      <ul class="tiers">
        {rows.map(({ key, cell, begins, branch }, row) => (
          <li key={key} class="tier">
            {count > 0 && <Wires wiring={wiring} row={row} {...(begins !== undefined && { begins })} {...(branch !== undefined && { branch })} />}
            {cell}
          </li>
        ))}
      </ul>
      {scene.volumes.length > volumesMax && <p class="s dim">{scene.volumes.length - volumesMax} more volumes stand in the table.</p>}
    </div>
  );
}
