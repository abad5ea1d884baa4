import { Glyph } from '../kit/glyph.tsx';
import { Why } from '../kit/why.tsx';
import type { ViewProps } from '../lab.ts';
import { Captures } from './captures.tsx';
import { HopReasons } from './hop-reasons.tsx';
import { PacketFields } from './packet-fields.tsx';
import { SceneDrawing } from './scene-drawing.tsx';
import { sceneOf, serviceNote, type Scene } from './scene.ts';
import { currentStep, type Action, type State } from './state.ts';
import { callTitle, stepWords } from './words.ts';

type Props = ViewProps<State, Action>;

/** All that stands in the picture, as buttons: the way to it without a mouse. */
function Cast({ scene, selected, select }: Pick<Props, 'selected' | 'select'> & { readonly scene: Scene }) {
  const pods = scene.places.filter(({ kind }) => kind === 'pod');
  const hosts = scene.places.filter(({ kind }) => kind === 'host');
  const entry = (kind: 'pod' | 'service' | 'node' | undefined, subject: string, label: string) => (
    <li key={subject}>
      {kind !== undefined && <Glyph kind={kind} />}
      <Why subject={subject} selected={selected} select={select}>
        {label}
      </Why>
    </li>
  );
  return (
    <ul class="asks" aria-label="In the picture">
      {pods.map(({ subject = '', label }) => entry('pod', subject, label))}
      {scene.service && entry('service', scene.service.subject, scene.service.title)}
      {scene.frames.map(({ machine }) => entry('node', `node:${machine}`, machine))}
      {hosts.map(({ subject = '', label }) => entry(undefined, subject, label))}
    </ul>
  );
}

function pictureInWords(state: State): string {
  const { sending } = state;
  if (!currentStep(state)) return `Nothing is sent yet: ${callTitle(sending)}.`;
  return `Hop ${sending.shown}. ${stepWords(state, sending.shown - 1).text}.`;
}

/** Where the packet is and has been; below it what the last hop did to it, and why. */
export default function View({ state, selected, select }: Props) {
  const { outlook, sending } = state;
  const asking = { selected, select };
  // Settings that allow no network leave nothing to draw.
  if (Object.keys(outlook.machines).length === 0) return <p class="path">{outlook.problem}</p>;
  const wide = sceneOf(state, 'wide');
  const drawing = { outlook, sending: sending.number, selected };
  return (
    <div class="path">
      <figure class="map">
        <div role="img" aria-label={pictureInWords(state)}>
          <SceneDrawing {...drawing} scene={wide} form="w" />
          <SceneDrawing {...drawing} scene={sceneOf(state, 'narrow')} form="t" />
        </div>
        {outlook.problem !== undefined && <p class="trouble">{outlook.problem}</p>}
        <figcaption>{serviceNote(state)} Solid line: the way there. Broken line: the way back.</figcaption>
        <Cast scene={wide} {...asking} />
      </figure>
      <div class="hop">
        <PacketFields state={state} />
        <HopReasons state={state} {...asking} />
      </div>
      <Captures state={state} {...asking} />
    </div>
  );
}
