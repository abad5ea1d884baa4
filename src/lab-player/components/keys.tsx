import type { JSX } from 'preact';
import { keyNames } from '../key-names.ts';
import { needsTime, type Does } from '../shortcuts.ts';
import { asking, type PartProps } from './player.ts';

/** The keys of a lab that has the focus, and the ways in and out for whole experiments. */
export function Keys({ session, player }: PartProps): JSX.Element {
  const mode = session.lab.meta.mode;
  return (
    <div class="key-help">
      <dl>
        {Object.entries(keyNames)
          .filter(([does]) => mode === 'run' || !needsTime(does as Does))
          .map(([, [key, what]]) => (
            <div>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
      </dl>
      <div class="row s">
        <button type="button" class="btn" onClick={asking(player, 'saveFile')}>
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
              if (file) player.ask('openFile', file);
            }}
          />
        </label>
      </div>
    </div>
  );
}
