import type { JSX } from 'preact';
import { isOver } from '../history.ts';
import { played, reset, shown, showsFuture, stepped, steppedBack, type Show } from '../session.ts';
import { doing, idIn, type PartProps } from './player.ts';
import { Icon } from './rich.tsx';

/** One row: time, what to do with the run, how to look at it. */
export function Controls({ session, player }: PartProps): JSX.Element {
  const { history, lab, page, opened } = session;
  const inside = opened ? player.inside : undefined;
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
        {page.layout === 'figure' && <ChangeIt session={session} player={player} />}
        {inside && <inside.Experiment session={session} player={player} />}
        <span class="gap" />
        <Views session={session} player={player} />
        {inside && <inside.Extras session={session} player={player} />}
      </div>
    </div>
  );
}

/** Brings the inputs and everything else that a reader needs only to go on from here. */
function ChangeIt({ session, player }: PartProps): JSX.Element {
  const { opened, scenario, history } = session;
  const isNext = !opened && isOver(history) && (scenario.kind === 'show' || player.later?.outcomeOf(session).solved === false);
  return (
    <button type="button" class={isNext ? 'btn go' : 'btn'} data-does="open" aria-expanded={opened} onClick={doing(player, shown({ opened: !opened }))}>
      {opened ? 'Close the inputs' : 'Change it'}
    </button>
  );
}

function PlayAndStep({ session, player }: PartProps): JSX.Element {
  const { history, playing } = session;
  const over = isOver(history);
  const waits = session.errors.length > 0;
  // The next sensible thing is filled: Play, once the prediction is out of the way, until the run is over.
  const isNext = !playing && !over && showsFuture(session);
  return (
    <>
      <button type="button" class={isNext ? 'btn go play' : 'btn play'} data-does="play" aria-disabled={waits} onClick={doing(player, played)}>
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
