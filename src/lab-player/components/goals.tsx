import type { JSX } from 'preact';
import { isOver } from '../history.ts';
import { isConcluded, outcomeOf } from '../outcome.ts';
import { reset, shown, showsFuture, sought } from '../session.ts';
import { doing, idIn, type PartProps } from './player.ts';
import { Rich } from './rich.tsx';

/** What is to be reached, how far it is, and help one piece at a time. */
export function Goals({ session, player }: PartProps): JSX.Element | null {
  const { scenario, history } = session;
  const challenge = scenario.kind === 'challenge';
  const { goals, solved, diagnosis } = outcomeOf(session);
  const over = isOver(history);
  if (!challenge) {
    // Its place is kept until the run is over, and what was asked has been done and answered: a bench is over at once.
    const said = over && showsFuture(session) && (session.revealed || isConcluded(session));
    return scenario.after !== undefined ? (
      <p class={said ? 'after said' : 'after'} aria-hidden={!said}>
        <Rich text={scenario.after} />
      </p>
    ) : null;
  }
  return (
    <div class="goal-part" role="group" aria-label="Goals">
      <div>
        <ul class="goalslist">
          {goals.map(({ text, verdict, because, decidedAt }) => (
            <li class={verdict}>
              <b aria-hidden="true">{{ met: '✓', broken: '✗', open: '○' }[verdict]}</b>
              <span>
                <span class="sr">{{ met: 'Met: ', broken: 'Not met: ', open: 'Open: ' }[verdict]}</span>
                <Rich text={text} />{' '}
                <span class="dim">
                  <Rich text={because} />
                </span>
                {verdict === 'broken' && decidedAt !== undefined && decidedAt !== history.at && (
                  <button type="button" class="link" onClick={doing(player, sought(decidedAt))}>
                    Show when
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
        {diagnosis !== undefined && (
          <p class="diagnosis">
            <Rich text={diagnosis} />
          </p>
        )}
      </div>
      {/* One takes the other's place; the style sheet keeps it, so that nothing below moves when the last goal is met. */}
      <div class="ending">{solved ? <Solved session={session} player={player} /> : <Help session={session} player={player} />}</div>
    </div>
  );
}

function Solved({ session, player }: PartProps): JSX.Element {
  const { after, solutions, commands } = session.scenario;
  const hasReal = session.lab.realCluster !== undefined || commands.length > 0;
  return (
    <div class="done">
      <p>
        <b>Solved.</b> {after !== undefined && <Rich text={after} />}{' '}
        {solutions.length > 1 && `There are ${solutions.length === 2 ? 'two ways' : `${solutions.length} ways`} at least.`}
      </p>
      <div class="row">
        <Next session={session} player={player} />
        <button type="button" class="btn" data-does="help" onClick={doing(player, reset)}>
          Try another way
        </button>
        {hasReal && session.page.layout !== 'compact' && (
          <button type="button" class="btn bare" data-does="help" onClick={doing(player, shown({ opened: true, showsReal: true }))}>
            On a real cluster
          </button>
        )}
        {!session.showsSolutions && (
          <button type="button" class="btn bare" data-does="help" onClick={doing(player, shown({ showsSolutions: true }))}>
            Show the ways
          </button>
        )}
      </div>
      <Solutions session={session} player={player} />
    </div>
  );
}

/** On the lab's own page the next challenge takes the place of this one; beside a text it is a page away. */
function Next({ session, player }: PartProps): JSX.Element | null {
  const { next } = session.scenario;
  if (!next) return null;
  if (session.page.layout !== 'full') {
    return (
      <a class="btn go" href={`${session.page.url}#scenario=${next.id}`}>
        Next challenge
      </a>
    );
  }
  return (
    <button
      type="button"
      class="btn go"
      onClick={() => {
        player.ask('chooseScenario', next.id);
      }}
    >
      Next challenge
    </button>
  );
}

function Help({ session, player }: PartProps): JSX.Element {
  const { hints, solutions } = session.scenario;
  const more = session.hints < hints.length;
  return (
    <div class="help">
      <ol>
        {hints.slice(0, session.hints).map((hint) => (
          <li>
            <Rich text={hint} />
          </li>
        ))}
      </ol>
      <div class="row">
        {more && (
          <button type="button" class="btn bare" data-does="hint" onClick={doing(player, shown({ hints: session.hints + 1 }))}>
            Hint {session.hints + 1} of {hints.length}
          </button>
        )}
        {!more && !session.showsSolutions && solutions.length > 0 && (
          <button type="button" class="btn bare" data-does="help" onClick={doing(player, shown({ showsSolutions: true }))}>
            Show the solutions
          </button>
        )}
      </div>
      <Solutions session={session} player={player} />
    </div>
  );
}

function Solutions({ session, player }: PartProps): JSX.Element | null {
  if (!session.showsSolutions) return null;
  return (
    <ul class="solutions">
      {session.scenario.solutions.map(({ title }, index) => (
        <li class="row">
          <span id={idIn(session, `solution-${index}`)}>
            <Rich text={title} />
          </span>
          <button
            type="button"
            class="btn bare"
            aria-describedby={idIn(session, `solution-${index}`)}
            onClick={() => {
              player.ask('playSolution', index);
            }}
          >
            Do it for me
          </button>
        </li>
      ))}
    </ul>
  );
}
