import type { JSX } from 'preact';
import { formatAt } from '../format.ts';
import { frameOf } from '../history.ts';
import type { PartProps } from './player.ts';
import { Rich } from './rich.tsx';
import { FirstTable, Tables, Words } from './tables.tsx';

/** How the run ends, without any control: for pages where no script runs. */
export function Settled({ session, player }: PartProps): JSX.Element {
  const { scenario, lab, history } = session;
  const { state } = frameOf(history);
  const right = scenario.predict?.options.find((option) => option.right);
  return (
    <div class="without-script">
      <p class="s dim">With JavaScript this lab can be run, changed and rewound. This is how it ends if nobody changes anything.</p>
      <Words session={session} player={player} />
      <Tables session={session} player={player} />
      {right && scenario.predict && (
        <p>
          <b>
            <Rich text={scenario.predict.question} />
          </b>{' '}
          <Rich text={right.text} />. <Rich text={right.why} />
        </p>
      )}
      <details>
        <summary>What happened, and why</summary>
        <ol class="still-log">
          {lab
            .log(state, 0)
            .slice(0, 100)
            .map(({ id, atMs, text, cause, because }) => (
              <li>
                {id}. {formatAt(lab.meta, atMs)}: <Rich text={text} />
                {because !== undefined && (
                  <span class="dim">
                    {' '}
                    ({cause !== id - 1 && `because of ${String(cause)}: `}
                    <Rich text={because} />)
                  </span>
                )}
              </li>
            ))}
        </ol>
      </details>
    </div>
  );
}

/** The same in brief, for a chapter: what came out, and the table that counts. The style sheet says what it is. */
export function SettledBriefly({ session, player }: PartProps): JSX.Element {
  const { headline, facts } = session.lab.describe(frameOf(session.history).state);
  return (
    <div class="without-script brief">
      <p>
        <Rich text={headline} />
      </p>
      <dl>
        {facts.map(({ label, value }) => (
          <>
            <dt>{label}</dt>
            <dd>
              <Rich text={value} />
            </dd>
          </>
        ))}
      </dl>
      <FirstTable session={session} player={player} />
    </div>
  );
}
