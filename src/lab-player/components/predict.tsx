import type { JSX } from 'preact';
import { isOver } from '../history.ts';
import { needsDeed, predicted } from '../session.ts';
import { doing, idIn, type PartProps } from './player.ts';
import { Rich } from './rich.tsx';

/** What will happen? One tap, never forced; afterwards what it was, and why. */
export function Predict({ session, player }: PartProps): JSX.Element | null {
  const { predict } = session.scenario;
  if (!predict) return null;
  const { predicted: choice, revealed } = session;
  return (
    <fieldset class="predict">
      <legend>
        <Rich text={predict.question} />
      </legend>
      <div class="chips">
        {predict.options.map(({ text, right }, index) => (
          <label class={revealed && right ? 'chip hit' : 'chip'}>
            <input
              type="radio"
              name={idIn(session, 'prediction')}
              value={index}
              checked={choice === index}
              aria-disabled={revealed}
              onChange={doing(player, predicted(index))}
            />
            <span>
              <Rich text={text} />
              {revealed && right && <span class="sr"> (right)</span>}
            </span>
          </label>
        ))}
        {!revealed && choice === undefined ? (
          <button type="button" class="btn bare" data-does="skip" onClick={doing(player, predicted('skipped'))}>
            Skip
          </button>
        ) : (
          // It may have a line of its own: Play, below it, stays where it was pressed.
          <span class="btn bare off">Skip</span>
        )}
      </div>
      <Answer session={session} player={player} />
    </fieldset>
  );
}

/** Its place is kept free before there is an answer, so that nothing moves when it comes. */
function Answer({ session, player }: PartProps): JSX.Element {
  const { predicted: choice, revealed, scenario, history } = session;
  const options = scenario.predict?.options ?? [];
  const right = options.find((option) => option.right);
  // Who has skipped it has chosen none.
  const chosen = options[Number(choice)];
  if (!revealed && choice !== undefined && isOver(history) && needsDeed(scenario)) {
    return (
      <p class="said-so dim">
        Answered once what the lab asks is done.{' '}
        <button
          type="button"
          class="link"
          onClick={() => {
            player.ask('playSolution', 0);
          }}
        >
          Do it for me
        </button>
      </p>
    );
  }
  if (!revealed || !right) {
    return (
      <p class="said-so dim">
        {chosen ? 'Now run it.' : choice === 'skipped' ? 'No prediction. Run it.' : 'Your prediction first: it makes the answer stick.'}
      </p>
    );
  }
  return (
    <p class="said-so">
      {chosen && chosen !== right && (
        <>
          You said <b>{<Rich text={chosen.text} />}</b>: <Rich text={chosen.why} />{' '}
        </>
      )}
      {chosen === right ? (
        'Right. '
      ) : (
        <>
          The answer: <b>{<Rich text={right.text} />}</b>.{' '}
        </>
      )}
      <Rich text={right.why} />
    </p>
  );
}
