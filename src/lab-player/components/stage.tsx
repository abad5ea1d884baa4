import type { JSX } from 'preact';
import { frameOf, isOver, lastOf } from '../history.ts';
import { nameOfAct } from '../act-name.ts';
import { isVeiled, selected } from '../session.ts';
import type { PartProps, View } from './player.ts';

export type StageProps = PartProps & { readonly View: View };

/** The state as picture, table or words; two runs side by side when compared. */
export function Stage({ session, player, View }: StageProps): JSX.Element {
  const { beside } = session;
  const { later } = player;
  const veiled = isVeiled(session);
  // What is not shown is not said to be old.
  const old = session.errors.length > 0 && !veiled;
  return (
    <div
      class={old ? 'stage old' : 'stage'}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const { subject } = target.dataset;
        // Buttons click by themselves; other subjects of a picture answer to the same keys.
        if (!subject || (event.key !== 'Enter' && event.key !== ' ') || target.matches('button, a')) return;
        event.preventDefault();
        event.stopPropagation();
        player.change(selected(subject));
      }}
    >
      {old && <p class="stale">From your last good text:</p>}
      {veiled && <p class="veil">Choose what you expect; then the answer is shown here.</p>}
      {later && beside ? (
        <later.Beside session={session} player={player} View={View} beside={beside} />
      ) : (
        <Shown session={session} player={player} View={View} />
      )}
    </div>
  );
}

/** One run. */
export function Shown({ session, player, View }: StageProps): JSX.Element {
  const { state } = frameOf(session.history);
  const { later } = player;
  if (later && session.show === 'table') return <later.Tables session={session} player={player} />;
  if (later && session.show === 'words') return <later.Words session={session} player={player} />;
  return (
    <div class={isVeiled(session) ? 'picture veiled' : 'picture'}>
      <div class="live">
        <View
          state={state}
          selected={session.selected}
          select={(subject) => {
            player.change(selected(subject));
          }}
          act={(action) => {
            player.act({ action, move: { act: action }, name: nameOfAct(session.lab, state, action) });
          }}
        />
      </div>
      <Settled session={session} View={View} />
    </div>
  );
}

/** The end of the run, unseen under the shown frame: it keeps the place that the picture will need, and is the picture where no script runs. */
function Settled({ session, View }: Pick<StageProps, 'session' | 'View'>): JSX.Element | null {
  const { history } = session;
  const end = history.branch.frames[lastOf(history.branch)];
  if (isOver(history) || !end) return null;
  return (
    <div class="settled" aria-hidden="true" inert>
      <View state={end.state} selected={undefined} select={() => undefined} act={() => undefined} />
    </div>
  );
}
