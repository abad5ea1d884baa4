import type { JSX } from 'preact';
import { comparisons } from '../compare.ts';
import { isOver } from '../history.ts';
import { speeds, type Speed } from '../pace.ts';
import { played, reset, shown, stepped, steppedBack, type Session, type Show } from '../session.ts';
import { doing, idIn, type PartProps } from './player.ts';
import { Icon } from './rich.tsx';

/** One row: time, what to do with the run, how to look at it. */
export function Controls({ session, player }: PartProps): JSX.Element {
  const { history, lab, page } = session;
  return (
    <div class="controls" role="group" aria-label="Lab controls">
      <div class="run-row">
        <button type="button" class="btn" data-does="back" aria-label="One step back" aria-disabled={history.at === 0} onClick={doing(player, steppedBack)}>
          <Icon name="back" />
        </button>
        {lab.meta.mode === 'run' && <PlayAndStep session={session} player={player} />}
        <button type="button" class="btn bare" data-does="reset" aria-label="Reset" onClick={doing(player, reset)}>
          <Icon name="reset" />
          <span class="text">Reset</span>
        </button>
      </div>
      <div class="more-row">
        {page.layout !== 'compact' && <Experiment session={session} player={player} />}
        <span class="gap" />
        <Views session={session} player={player} />
        {page.layout !== 'compact' && (
          <>
            <button type="button" class="btn bare" data-does="full" onClick={player.fullScreen}>
              Full screen
            </button>
            <button
              type="button"
              class="btn bare"
              data-does="keys"
              aria-label="Keys"
              aria-expanded={session.showsKeys}
              onClick={doing(player, shown({ showsKeys: !session.showsKeys }))}
            >
              ?
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** What is done with the run as a whole. */
function Experiment({ session, player }: PartProps): JSX.Element {
  return (
    <>
      {session.lab.meta.mode === 'run' && <SpeedChoice session={session} player={player} />}
      <CompareChoice session={session} player={player} />
      <button type="button" class="btn bare" data-does="link" onClick={player.copyLink}>
        <Icon name="link" />
        Copy link
      </button>
    </>
  );
}

function PlayAndStep({ session, player }: PartProps): JSX.Element {
  const { history, playing } = session;
  const over = isOver(history);
  const waits = session.errors.length > 0;
  return (
    <>
      <button type="button" class={isPrimary(session) ? 'btn go play' : 'btn play'} data-does="play" aria-disabled={waits} onClick={doing(player, played)}>
        <Icon name={playing ? 'pause' : 'play'} />
        {playing ? 'Pause' : over ? 'Replay' : 'Play'}
      </button>
      <button type="button" class="btn" data-does="step" aria-disabled={over || waits} onClick={doing(player, stepped)}>
        <Icon name="step" />
        Step
      </button>
    </>
  );
}

/** The next sensible thing is filled: Play, once the prediction is out of the way, until the run is over. */
function isPrimary({ history, scenario, predicted, playing }: Session): boolean {
  return !playing && !isOver(history) && (scenario.predict === undefined || predicted !== undefined);
}

function SpeedChoice({ session, player }: PartProps): JSX.Element {
  return (
    <label class="small">
      <span class="sr">Speed</span>
      <select
        class="input"
        value={session.speed}
        onChange={({ currentTarget }) => {
          player.change(shown({ speed: Number(currentTarget.value) as Speed }));
        }}
      >
        {speeds.map((speed) => (
          <option value={speed} selected={speed === session.speed}>
            {speed}×
          </option>
        ))}
      </select>
    </label>
  );
}

function CompareChoice({ session, player }: PartProps): JSX.Element | null {
  const items = comparisons(session.lab, session.history);
  if (items.length === 0) return null;
  const now = items.findIndex(({ other }) => JSON.stringify(other) === JSON.stringify(session.beside?.other));
  return (
    <label class="small">
      <span class="sr">Compare with</span>
      <select
        class="input"
        value={now}
        onChange={({ currentTarget }) => {
          player.compare(items[Number(currentTarget.value)]?.other);
        }}
      >
        <option value={-1}>{now < 0 ? 'Compare' : 'Do not compare'}</option>
        {items.map(({ label }, index) => (
          <option value={index} selected={index === now}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

const views: readonly (readonly [Show, string])[] = [
  ['picture', 'Picture'],
  ['table', 'Table'],
  ['words', 'Words'],
];

function Views({ session, player }: PartProps): JSX.Element {
  return (
    <fieldset class="views">
      <legend class="sr">Show as</legend>
      {views.map(([value, label]) => (
        <label>
          <input type="radio" name={idIn(session, 'show')} value={value} checked={session.show === value} onChange={doing(player, shown({ show: value }))} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
