import type { JSX } from 'preact';
import { formatAt, plain } from '../format.ts';
import { forkLine, forkOpened, type ForkLine } from '../forks.ts';
import type { Session } from '../session.ts';
import { doing, type PartProps } from './player.ts';
import { forkHeight, lineHeight, percent } from './timeline.tsx';

/** The courses left behind, below the line; `places` are those of the shown course. */
export function Forks({ session, places }: Pick<PartProps, 'session'> & { readonly places: readonly number[] }): JSX.Element {
  const { branch, forks } = session.history;
  return (
    <>
      {forks.map((fork, index) => (
        <Fork key={fork.id} lab={session.lab} fork={forkLine(branch, places, fork)} y={lineHeight + index * forkHeight + 22} />
      ))}
    </>
  );
}

/** The ways back to them. */
export function ForkButtons({ session, player }: PartProps): JSX.Element {
  return (
    <>
      {session.history.forks.map((fork) => (
        <button type="button" class="btn bare s" onClick={doing(player, forkOpened(fork.id))}>
          Open the fork “{plain(fork.name)}”
        </button>
      ))}
    </>
  );
}

function Fork({ lab, fork, y }: { readonly lab: Session['lab']; readonly fork: ForkLine; readonly y: number }): JSX.Element {
  const [from, to] = [percent(fork.from), percent(fork.to)];
  // The name stands where there is room: behind the end of a short fork, before the end of a long one.
  const behind = fork.to < 0.5;
  return (
    <g>
      <line class="fork" x1={from} y1="21" x2={from} y2={y} />
      <line class="fork" x1={from} y1={y} x2={to} y2={y} />
      <line class="ev" x1={to} y1={y - 7} x2={to} y2={y + 7} />
      <text x={to} y={y - 6} dx={behind ? 8 : -8} text-anchor={behind ? 'start' : 'end'}>
        {shorten(plain(fork.name))}, {formatAt(lab.meta, fork.endMs)}
      </text>
    </g>
  );
}

function shorten(name: string): string {
  return name.length > 34 ? `${name.slice(0, 32)} …` : name;
}
