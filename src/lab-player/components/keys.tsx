import type { JSX } from 'preact';
import { shortcuts } from '../shortcuts.ts';
import type { PartProps } from './player.ts';

/** The keys of a lab that has the focus, and the ways in and out for whole experiments. */
export function Keys({ session, player }: PartProps): JSX.Element {
  const mode = session.lab.meta.mode;
  return (
    <div class="key-help">
      <dl>
        {shortcuts
          .filter(({ runOnly }) => !(runOnly === true && mode === 'bench'))
          .map(({ shown, what }) => (
            <div>
              <dt>
                <kbd>{shown}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
      </dl>
      <div class="row s">
        <button type="button" class="btn" onClick={player.saveFile}>
          Save the experiment as a file
        </button>
        <label class="btn">
          Open a file
          <input
            class="sr"
            type="file"
            accept="application/json,.json"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file) player.openFile(file);
            }}
          />
        </label>
      </div>
    </div>
  );
}
