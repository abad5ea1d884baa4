import type { JSX } from 'preact';
import { noticed } from '../session.ts';
import { Controls } from './controls.tsx';
import { Goals } from './goals.tsx';
import { Question } from './question.tsx';
import { doing, type PartProps, type View } from './player.ts';
import { Predict } from './predict.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline.tsx';

/** The whole lab below its head, in its fixed order. The build and the page draw it from the same session, so nothing moves when it wakes. */
export function LabFrame({ session, player, View }: PartProps & { readonly View: View }): JSX.Element {
  const props: PartProps = { session, player };
  const { panels } = player;
  const inside = session.opened ? player.inside : undefined;
  return (
    <>
      <Question {...props} />
      <Predict {...props} />
      <div class={inside ? 'scene sides' : 'scene'}>
        {inside && <inside.Inputs {...props} />}
        <Stage {...props} View={View} />
      </div>
      <Controls {...props} />
      <Notice {...props} />
      {panels && session.showsKeys && <panels.Keys {...props} />}
      {inside && <inside.World {...props} />}
      <Timeline {...props} />
      <Goals {...props} />
      {panels && <panels.Why {...props} />}
      {inside && (
        <>
          <inside.Log {...props} />
          <inside.RealCluster {...props} />
        </>
      )}
      <p class="sr" role="status" data-spoken />
    </>
  );
}

function Notice({ session, player }: PartProps): JSX.Element | null {
  const { notice } = session;
  if (!notice) return null;
  return (
    <div class={notice.tone === 'bad' ? 'notice bad' : 'notice'} role="status">
      <p>{notice.text}</p>
      {notice.link !== undefined && (
        <input
          class="input"
          readOnly
          value={notice.link}
          aria-label="Link"
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
        />
      )}
      <span class="row">
        {notice.again && (
          <button type="button" class="btn" onClick={notice.again}>
            Try again
          </button>
        )}
        {notice.offersFile && (
          <button type="button" class="btn" onClick={player.saveFile}>
            Save as a file
          </button>
        )}
        <button type="button" class="btn bare" aria-label="Close the message" onClick={doing(player, noticed(undefined))}>
          ✕
        </button>
      </span>
    </div>
  );
}
