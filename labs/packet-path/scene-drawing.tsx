import { machineTitle } from './names.ts';
import type { Scene } from './scene.ts';
import type { NodeFrame, Place } from './scene-places.ts';
import type { Outlook } from './state.ts';
import { stepSubject } from './words.ts';

interface DrawingProps {
  readonly scene: Scene;
  readonly outlook: Outlook;
  /** Number of the packet: its steps can be asked about at the stations. */
  readonly sending: number;
  readonly selected: string | undefined;
  readonly form: string;
}

/** Text of one size is about this wide, as a share of a pixel; what does not fit loses its middle. */
const letterWidth = 7.6;

function fitted(text: string, width: number): string {
  const most = Math.floor((width - 12) / letterWidth);
  return text.length <= most ? text : `${text.slice(0, Math.ceil(most / 2) - 1)}…${text.slice(-Math.floor(most / 2))}`;
}

/** Equal things are drawn from a corner of their own, so that they are written the same. */
const from = ({ x, y }: Pick<Place, 'x' | 'y'>): string => `translate(${Math.round(x)} ${Math.round(y)})`;

function Frame({ frame, outlook }: { readonly frame: NodeFrame; readonly outlook: Outlook }) {
  const { x, w, h, more, machine, cableX, isTurned } = frame;
  // The cable of a node below the LAN comes in at its title.
  const left = isTurned && cableX > x && cableX < x + 90 ? cableX - x + 12 : 10;
  return (
    <g transform={from(frame)} data-subject={`node:${machine}`}>
      <rect class="node" width={w} height={h} />
      <text class="b" x={left} y="20">
        {machineTitle(outlook, machine)}
      </text>
      {more > 0 && (
        <text class="d e" x={w - 10} y="20">
          {more === 1 ? '+1 pod' : `+${more} pods`}
        </text>
      )}
    </g>
  );
}

const isBar = ({ kind }: Place): boolean => kind === 'bridge' || kind === 'card' || kind === 'lan';

function shapeOf({ kind, is }: Place): string {
  if (kind === 'pod') return is === 'gone' ? 'pod gone' : is === 'not ready' ? 'pod idle' : 'pod';
  return kind === 'host' ? 'host' : 'station';
}

/** A pod, a device, a station or a machine outside. */
function PlaceShape({ place, className, subject }: { readonly place: Place; readonly className: string | undefined; readonly subject: string | undefined }) {
  const { w, h, kind, label, detail, is } = place;
  const isTall = detail !== undefined;
  const isPod = kind === 'pod';
  return (
    <g class={className} transform={from(place)} data-subject={subject}>
      {isBar(place) ? (
        <>
          <rect class="bar" width={w} height={h} />
          <text class="m" x={Math.min(36, w / 4)} y="17">
            {isTall ? `${label} ${detail}` : label}
          </text>
        </>
      ) : (
        <>
          <rect class={shapeOf(place)} width={w} height={h} rx={isPod ? h / 2 : undefined} />
          <text class="c" x={w / 2} y={isTall ? 19 : h / 2 + 5}>
            {fitted(label, isPod ? w - 8 : w + 14)}
          </text>
          {isTall && (
            <text class="c m d" x={w / 2} y="36">
              {is === 'gone' ? 'gone' : detail}
            </text>
          )}
        </>
      )}
    </g>
  );
}

function ServiceShape({ service }: { readonly service: NonNullable<Scene['service']> }) {
  const { w, h, title, address, subject, link } = service;
  const point = 14;
  return (
    <>
      {link !== undefined && <path class="link" d={link} />}
      <g transform={from(service)} data-subject={subject}>
        <path class="service" d={`M0 ${h / 2}l${point} ${-h / 2}H${w - point}l${point} ${h / 2} ${-point} ${h / 2}H${point}z`} />
        <text class="c" x={w / 2} y="19">
          {fitted(title, w - 20)}
        </text>
        <text class="c m d" x={w / 2} y="37">
          {address}
        </text>
      </g>
    </>
  );
}

function Tag({ tag }: { readonly tag: NonNullable<Scene['tag']> }) {
  return (
    <svg class="tag" x={Math.round(tag.x)} y={Math.round(tag.y)} width={tag.w} height={tag.h}>
      <rect x="1" y="1" width={tag.w - 2} height={tag.h - 2} />
      {tag.lines.map(({ word, value, is }, index) => (
        <text class={is} x="9" y={19 + index * 19}>
          {word} <tspan class="m">{value}</tspan>
        </text>
      ))}
    </svg>
  );
}

function Losses({ losses }: Pick<Scene, 'losses'>) {
  return losses.map((loss) => (
    <g class="loss" transform={from(loss)}>
      <rect width={Math.round(loss.w)} height={loss.h} />
      <text class="c" x={Math.round(loss.w / 2)} y="17">
        ✗ {loss.word}
      </text>
    </g>
  ));
}

/** One form of the picture: frames, cables, the way so far, what stands on it, and the packet. */
export function SceneDrawing({ scene, outlook, sending, selected, form }: DrawingProps) {
  const { frames, places, plain, ways, service, packet, tag, losses, stepAt } = scene;
  return (
    <svg class={form} viewBox={`0 0 ${scene.width} ${scene.height}`} aria-hidden="true">
      {frames.map((frame) => (
        <Frame key={frame.machine} frame={frame} outlook={outlook} />
      ))}
      <path class="plain" d={plain} />
      {(['there', 'back', 'error'] as const).map(
        (leg) =>
          ways[leg].line !== '' && (
            <g class={`way ${leg}`} key={leg}>
              <path d={ways[leg].line} />
              <path class="head" d={ways[leg].heads} />
            </g>
          ),
      )}
      {service && <ServiceShape service={service} />}
      {places.map((place) => {
        const step = stepAt[place.id];
        const subject = place.subject ?? (step === undefined ? undefined : stepSubject(sending, step));
        const className = [packet?.place === place.id && 'at', subject !== undefined && subject === selected && 'asked'].filter(Boolean).join(' ') || undefined;
        return <PlaceShape key={place.id} place={place} className={className} subject={subject} />;
      })}
      <Losses losses={losses} />
      {packet && (
        <svg class="packet-sign" x={Math.round(packet.x)} y={Math.round(packet.y)} overflow="visible">
          <path d={packet.isBack ? 'M10 -9H-2L-11 0L-2 9H10z' : 'M-10 -9H2L11 0L2 9H-10z'} />
        </svg>
      )}
      {tag && <Tag tag={tag} />}
    </svg>
  );
}
