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

function Frame({ frame, outlook }: { readonly frame: NodeFrame; readonly outlook: Outlook }) {
  const { x, y, w, h, more, machine, cableX, isTurned } = frame;
  // The cable of a node below the LAN comes in at its title.
  const left = isTurned && cableX > x && cableX < x + 90 ? cableX + 12 : x + 10;
  return (
    <g data-subject={`node:${machine}`}>
      <rect class="node" x={x} y={y} width={w} height={h} />
      <text class="b" x={left} y={y + 20}>
        {machineTitle(outlook, machine)}
      </text>
      {more > 0 && (
        <text class="d e" x={x + w - 10} y={y + 20}>
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
function PlaceShape({ place, className, subject }: { readonly place: Place; readonly className: string; readonly subject: string | undefined }) {
  const { x, y, w, h, label, detail } = place;
  const middle = x + w / 2;
  if (isBar(place)) {
    return (
      <g class={className} data-subject={subject}>
        <rect class="bar" x={x} y={y} width={w} height={h} />
        <text class="m" x={x + Math.min(36, w / 4)} y={y + 17}>
          {detail === undefined ? label : `${label} ${detail}`}
        </text>
      </g>
    );
  }
  const isTall = detail !== undefined;
  return (
    <g class={className} data-subject={subject}>
      <rect class={shapeOf(place)} x={x} y={y} width={w} height={h} rx={place.kind === 'pod' ? h / 2 : undefined} />
      <text class="c" x={middle} y={isTall ? y + 19 : y + h / 2 + 5}>
        {fitted(label, place.kind === 'pod' ? w - 8 : w + 14)}
      </text>
      {isTall && (
        <text class="c m d" x={middle} y={y + 36}>
          {place.is === 'gone' ? 'gone' : detail}
        </text>
      )}
    </g>
  );
}

function ServiceShape({ service }: { readonly service: NonNullable<Scene['service']> }) {
  const { x, y, w, h, title, address, subject, link } = service;
  const [middle, point] = [y + h / 2, 14];
  return (
    <g data-subject={subject}>
      {link !== undefined && <path class="link" d={link} />}
      <path class="service" d={`M${x} ${middle}l${point} ${-h / 2}H${x + w - point}l${point} ${h / 2} ${-point} ${h / 2}H${x + point}z`} />
      <text class="c" x={x + w / 2} y={y + 19}>
        {fitted(title, w - 20)}
      </text>
      <text class="c m d" x={x + w / 2} y={y + 37}>
        {address}
      </text>
    </g>
  );
}

function Tag({ tag }: { readonly tag: NonNullable<Scene['tag']> }) {
  return (
    <svg class="tag" x={tag.x} y={tag.y} width={tag.w} height={tag.h}>
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
  return (
    <>
      {losses.map(({ x, y, w, h, word }) => (
        <g class="loss">
          <rect x={x} y={y} width={w} height={h} />
          <text class="c" x={x + w / 2} y={y + 17}>
            ✗ {word}
          </text>
        </g>
      ))}
    </>
  );
}

/** One form of the picture: frames, cables, the way so far, what stands on it, and the packet. */
export function SceneDrawing({ scene, outlook, sending, selected, form }: DrawingProps) {
  const { frames, places, plain, ways, service, packet, tag, losses, stepAt } = scene;
  const lostAt = losses.length > 0;
  return (
    <svg class={form} viewBox={`0 0 ${scene.width} ${scene.height}`} aria-hidden="true">
      {frames.map((frame) => (
        <Frame key={frame.machine} frame={frame} outlook={outlook} />
      ))}
      <path class="plain" d={plain} />
      {(['there', 'back', 'error'] as const).map((leg) => (
        <g class={`way ${leg}`} key={leg}>
          <path d={ways[leg].line} />
          <path class="head" d={ways[leg].heads} />
        </g>
      ))}
      {service && <ServiceShape service={service} />}
      {places.map((place) => {
        const step = stepAt[place.id];
        const subject = place.subject ?? (step === undefined ? undefined : stepSubject(sending, step));
        const className = [packet?.place === place.id ? 'at' : '', subject !== undefined && subject === selected ? 'asked' : ''].filter(Boolean).join(' ');
        return <PlaceShape key={place.id} place={place} className={className} subject={subject} />;
      })}
      {lostAt && <Losses losses={losses} />}
      {packet && (
        <svg class="packet-sign" x={packet.x} y={packet.y} overflow="visible">
          <path d={packet.isBack ? 'M10 -9H-2L-11 0L-2 9H10z' : 'M-10 -9H2L11 0L2 9H-10z'} />
        </svg>
      )}
      {tag && <Tag tag={tag} />}
    </svg>
  );
}
