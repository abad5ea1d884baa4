import type { JSX } from 'preact';
import type { LearnerError } from '../../../labs/lab.ts';
import { restored } from '../session-typing.ts';
import { shown, textsOf } from '../session.ts';
import { typed } from '../typing.ts';
import { asking, doing, idIn, type PartProps } from './player.ts';
import { PaintedText } from './painted-text.tsx';
import { Rich } from './rich.tsx';

/** The texts of the lab, one open at a time; real text areas over their own coloured copies. */
export function Editors({ session, player }: PartProps): JSX.Element {
  const parts = Object.entries(session.lab.parts);
  const wrong = new Set(session.errors.map(({ part }) => part));
  return (
    <div class="texts">
      {parts.length > 1 && (
        <div class="tabs" role="group" aria-label="Texts">
          {parts.map(([id, { label }]) => (
            <button type="button" aria-pressed={id === session.part} onClick={doing(player, shown({ part: id }))}>
              {wrong.has(id) && <b class="no">✗ </b>}
              {label}
            </button>
          ))}
        </div>
      )}
      {parts.map(([id]) => (
        <Editor key={id} part={id} session={session} player={player} />
      ))}
      <Stored session={session} player={player} />
    </div>
  );
}

function Stored({ session, player }: PartProps): JSX.Element | null {
  if (!session.stored) return null;
  return (
    <p class="row s">
      <button type="button" class="btn bare" onClick={asking(player, 'bringBack')}>
        Bring back what you typed before
      </button>
    </p>
  );
}

function Editor({ part, session, player }: PartProps & { readonly part: string }): JSX.Element | null {
  const about = session.lab.parts[part];
  if (!about) return null;
  const text = textsOf(session)[part] ?? '';
  const errors = session.errors.filter((error) => error.part === part);
  const name = idIn(session, `text-${part}`);
  return (
    <div class="field" hidden={part !== session.part}>
      <label class="label" for={name}>
        {Object.keys(session.lab.parts).length > 1 ? <span class="sr">{about.label}. </span> : `${about.label}. `}
        {about.about !== undefined && <Rich text={about.about} />}
      </label>
      {/* Firefox makes a stop for the Tab key of what scrolls; this one has no name, and its text area is a stop. */}
      <div class={errors.length > 0 ? 'editor bad' : 'editor'} tabIndex={-1}>
        <PaintedText text={text} language={about.language} errors={errors} isOpen={part === session.part} />
        {/* With a default, Preact leaves the text of the page in its place when it takes over; else it would empty the field, and the caret would be lost. */}
        <textarea
          id={name}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          defaultValue=""
          value={text}
          aria-invalid={errors.length > 0}
          {...(errors.length > 0 && { 'aria-describedby': `${name}-errors` })}
          onInput={({ currentTarget }) => {
            typed(player, part, currentTarget.value);
          }}
        />
      </div>
      <div id={`${name}-errors`}>
        {errors.slice(0, 3).map((error) => (
          <Mistake error={error} player={player} />
        ))}
        {errors.length > 3 && <p class="s dim">And {errors.length - 3} more below.</p>}
      </div>
    </div>
  );
}

/** What is wrong, what was expected, what the real tool says, and the ways out. */
function Mistake({ error, player }: { readonly error: LearnerError; readonly player: PartProps['player'] }): JSX.Element {
  const { part, line, column, message, expected, hint, kubectl } = error;
  return (
    <div class="err">
      <p>
        <b>
          Line {line}, column {column}.
        </b>{' '}
        <Rich text={sentence(message)} />
      </p>
      <p class="dim">
        Expected: <Rich text={sentence(expected)} /> {hint !== undefined && <Rich text={sentence(hint)} />}
      </p>
      {kubectl !== undefined && (
        <p class="s dim">
          kubectl says: <code>{kubectl}</code>
        </p>
      )}
      <p class="row">
        <button
          type="button"
          class="btn"
          onClick={() => {
            player.ask('goTo', part, { line, column });
          }}
        >
          Go to it
        </button>
        <button type="button" class="btn bare" onClick={doing(player, restored)}>
          Put back the last good text
        </button>
      </p>
    </div>
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
