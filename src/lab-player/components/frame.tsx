import type { JSX } from 'preact';
import { noticed } from '../session.ts';
import { Controls } from './controls.tsx';
import { doing, type PartProps, type View } from './player.ts';
import { Predict } from './predict.tsx';
import { Rich } from './rich.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline.tsx';
import { UnlessTyping } from './unless-typing.tsx';

/**
 * A lab from its head to its timeline, in its fixed order; `Rest` follows. The build and the page draw both from the same session, so nothing moves
 * when it wakes.
 */
export function LabFrame({ session, player, View }: PartProps & { readonly View: View }): JSX.Element {
  const props: PartProps = { session, player };
  const { later } = player;
  const { opened, page, scenario, showsKeys } = session;
  const inside = opened ? player.inside : undefined;
  return (
    <>
      {inside && page.layout === 'full' ? (
        <inside.Question {...props} />
      ) : (
        <p class="question">
          <Rich text={scenario.task} />
        </p>
      )}
      <Predict {...props} />
      <div class={inside ? 'scene sides' : 'scene'}>
        {inside && <inside.Inputs {...props} />}
        <UnlessTyping {...props}>
          <Stage {...props} View={View} />
        </UnlessTyping>
      </div>
      <UnlessTyping {...props}>
        <Controls {...props} />
        <Notice {...props} />
        {later && showsKeys && <later.Keys {...props} />}
        {inside && <inside.World {...props} />}
        <Timeline {...props} />
      </UnlessTyping>
    </>
  );
}

function Notice({ session, player }: PartProps): JSX.Element | null {
  const { notice } = session;
  if (!notice) return null;
  const { later } = player;
  return (
    <div class={`notice ${notice.tone}`}>
      <p>{notice.text}</p>
      {later && <later.NoticeMore notice={notice} player={player} />}
      <span class="row">
        {notice.again && (
          <button type="button" class="btn" onClick={notice.again}>
            Try again
          </button>
        )}
        <button type="button" class="btn bare" aria-label="Close the message" onClick={doing(player, noticed(undefined))}>
          ✕
        </button>
      </span>
    </div>
  );
}
