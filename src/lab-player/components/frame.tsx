import type { JSX } from 'preact';
import { noticed } from '../session.ts';
import { Controls } from './controls.tsx';
import { Editors } from './editor.tsx';
import { Offers } from './fields.tsx';
import { Goals } from './goals.tsx';
import { Question } from './question.tsx';
import { Log } from './log.tsx';
import { doing, type PartProps, type View } from './player.ts';
import { Predict } from './predict.tsx';
import { RealCluster } from './real-cluster.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline.tsx';
import { offersAt } from '../offers.ts';

/** The whole lab below its head, in its fixed order. The build and the page draw it from the same session, so nothing moves when it wakes. */
export function LabFrame({ session, player, View }: PartProps & { readonly View: View }): JSX.Element {
  const compact = session.page.layout === 'compact';
  const props: PartProps = { session, player };
  const { panels } = player;
  return (
    <>
      <Question {...props} />
      <Predict {...props} />
      <div class={compact ? 'scene' : 'scene sides'}>
        {!compact && (
          <div class="fields">
            <div class="offers">
              <Offers {...props} place="input" />
            </div>
            <Editors {...props} />
          </div>
        )}
        <Stage {...props} View={View} />
      </div>
      <Controls {...props} />
      <Notice {...props} />
      {panels && session.showsKeys && <panels.Keys {...props} />}
      {!compact && <World {...props} />}
      <Timeline {...props} />
      <Goals {...props} />
      {panels && <panels.Why {...props} />}
      {!compact && (
        <>
          <Log {...props} />
          <RealCluster {...props} />
        </>
      )}
      <p class="sr" role="status" data-spoken />
    </>
  );
}

/** What the learner can do to the running cluster. */
function World({ session, player }: PartProps): JSX.Element | null {
  if (offersAt(session.lab, session.history, 'world').length === 0) return null;
  return (
    <div class="world">
      <Offers session={session} player={player} place="world" />
    </div>
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
