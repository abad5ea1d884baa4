import type { JSX } from 'preact';
import { comparisons } from '../compare.ts';
import { speeds, type Speed } from '../pace.ts';
import { shown } from '../session.ts';
import { asking, doing, type PartProps } from './player.ts';
import { Icon } from './rich.tsx';

/** What is done with the run as a whole. */
export function Experiment({ session, player }: PartProps): JSX.Element {
  return (
    <>
      {session.lab.meta.mode === 'run' && <SpeedChoice session={session} player={player} />}
      <CompareChoice session={session} player={player} />
      <button type="button" class="btn bare" data-does="link" aria-label="Copy link" onClick={asking(player, 'copyLink')}>
        <Icon name="link" />
        <span class="text">Copy link</span>
      </button>
    </>
  );
}

/** The whole screen, and the keys. */
export function Extras({ session, player }: PartProps): JSX.Element {
  return (
    <>
      <button type="button" class="btn bare" data-does="full" onClick={asking(player, 'fullScreen')}>
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
  );
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
          player.ask('compare', items[Number(currentTarget.value)]);
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
