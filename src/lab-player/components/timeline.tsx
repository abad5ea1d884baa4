import type { JSX } from 'preact';
import { formatAt, formatMs, plain } from '../format.ts';
import { frameOf, isOver, lastOf } from '../history.ts';
import { pace } from '../pace.ts';
import { showsFuture, sought, type Session } from '../session.ts';
import { labelsOf, nearestFrame, placesMax, placesOf, ticksOf } from '../timeline.ts';
import type { PartProps } from './player.ts';

/** A place as SVG writes it. */
export const percent = (place: number): string => `${Number((place * 100).toFixed(2))}%`;

/** Height of the line with its labels, in pixels of the drawing. */
export const lineHeight = 26;
/** The same of one fork. */
export const forkHeight = 30;

/** Where in time the picture stands: a slider over the line of events, forks below it. */
export function Timeline({ session, player }: PartProps): JSX.Element {
  const { branch, at, forks } = session.history;
  const { later } = player;
  const places = placesOf(branch.frames);
  const thumbAt = (frame: number): number => Math.round((places[frame] ?? 0) * placesMax);
  const labelsAt = lineHeight + forks.length * forkHeight + 16;
  return (
    <div class="timeline">
      <NowLine session={session} player={player} />
      <div class="track">
        <svg aria-hidden="true" height={labelsAt + 6}>
          <line class="ax" x1="0" y1="13" x2="100%" y2="13" />
          <line class="past" x1="0" y1="13" x2={percent(places[at] ?? 0)} y2="13" />
          <Ticks session={session} places={places} />
          {later && <later.Forks session={session} places={places} />}
          {session.lab.meta.mode === 'run' &&
            showsFuture(session) &&
            labelsOf(branch.frames, places, (ms) => formatAt(session.lab.meta, ms)).map(({ place, text }) => (
              <text x={percent(place)} y={labelsAt} text-anchor={place === 0 ? 'start' : place === 1 ? 'end' : 'middle'}>
                {text}
              </text>
            ))}
        </svg>
        <input
          type="range"
          min={0}
          max={placesMax}
          value={thumbAt(at)}
          aria-label="Time"
          aria-valuetext={valueText(session)}
          onInput={({ currentTarget }) => {
            const frame = nearestFrame(places, Number(currentTarget.value) / placesMax);
            player.change(sought(frame));
            // The thumb stands on a frame, never between two.
            currentTarget.value = String(thumbAt(frame));
          }}
          onKeyDown={(event) => {
            const by = keySteps(event.key, lastOf(branch));
            if (by === undefined) return;
            event.preventDefault();
            player.change(sought(at + by));
          }}
        />
      </div>
    </div>
  );
}

/** Arrow keys go from frame to frame, whatever the distance; who seeks beyond an end gets the end. */
function keySteps(key: string, last: number): number | undefined {
  const big = Math.max(5, Math.round(last / 10));
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: big,
    PageDown: -big,
    Home: -last,
    End: last,
  };
  return steps[key];
}

function valueText(session: Session): string {
  const { lab, history } = session;
  const { state, atMs } = frameOf(history);
  const entry = lab.log(state, 0).at(-1);
  return [formatAt(lab.meta, atMs), entry && plain(entry.text), `step ${history.at} of ${showsFuture(session) ? lastOf(history.branch) : 'a run'}`]
    .filter(Boolean)
    .join(', ');
}

function NowLine({ session, player }: PartProps): JSX.Element {
  const { history, lab, playing, speed } = session;
  const { later } = player;
  const { branch, at } = history;
  const { counts } = lab.meta;
  const bench = lab.meta.mode === 'bench';
  const next = branch.frames[at + 1];
  const waitMs = (next?.atMs ?? 0) - frameOf(history).atMs;
  const known = showsFuture(session);
  const endings = { open: '', settled: ', settled', horizon: ', end of the observed time', full: ', the run is too long to go on' } as const;
  return (
    <div class="now-line">
      <span>
        {bench ? 'Change' : 'At '}
        {!bench && <b>{formatAt(lab.meta, frameOf(history).atMs)}</b>}
        {counts !== undefined && known ? ` of ${(branch.frames.at(-1)?.atMs ?? 0) / 1000}` : ''}
        {isOver(history) && !bench ? endings[branch.end] : ''}
        {bench ? ` ${at} of ${lastOf(branch)}` : counts !== undefined ? '' : known ? `, step ${at} of ${lastOf(branch)}` : `, step ${at}`}
      </span>
      <span>
        {session.errors.length > 0 && 'Waiting for a text that can be read'}
        {session.waits && 'Loading the model …'}
        {playing && next && pace(waitMs, speed).shortened ? `${formatMs(waitMs)} pass, shortened` : ''}
        {later && <later.ForkButtons session={session} player={player} />}
      </span>
    </div>
  );
}

function Ticks({ session, places }: { readonly session: Session; readonly places: readonly number[] }): JSX.Element {
  const { branch, at } = session.history;
  return (
    <>
      {ticksOf(places)
        .filter((index) => index <= at || showsFuture(session))
        .map((index) => {
          const place = percent(places[index] ?? 0);
          const learner = branch.frames[index]?.by === 'learner';
          return learner ? (
            <g class={index <= at ? 'deed' : 'deed todo'}>
              <svg x={place} y="13" overflow="visible">
                <path d="M0-8L6 0 0 8-6 0z" />
              </svg>
            </g>
          ) : (
            <line class={index <= at ? 'ev' : 'ev todo'} x1={place} x2={place} y1={index <= at ? 5 : 9} y2={index <= at ? 21 : 17} />
          );
        })}
    </>
  );
}
