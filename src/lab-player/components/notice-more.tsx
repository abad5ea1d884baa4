import type { JSX } from 'preact';
import type { Notice } from '../session.ts';
import { asking, type Player } from './player.ts';

/** The link to copy by hand, or the file that takes what is too long for a link. */
export function NoticeMore({ notice, player }: { readonly notice: Notice; readonly player: Player }): JSX.Element {
  return (
    <>
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
      {notice.offersFile && (
        <button type="button" class="btn" onClick={asking(player, 'saveFile')}>
          Save as a file
        </button>
      )}
    </>
  );
}
