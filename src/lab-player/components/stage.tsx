import type { JSX } from 'preact';
import type { Table } from '../../../labs/lab.ts';
import { besideHistory, labelOfShown } from '../compare.ts';
import { frameOf, isOver, lastOf } from '../history.ts';
import { nameOfAct } from '../moves.ts';
import { isVeiled, selected } from '../session.ts';
import { doing, type PartProps, type View } from './player.ts';
import { Rich } from './rich.tsx';

type StageProps = PartProps & { readonly View: View };

/** The state as picture, table or words; two runs side by side when compared. */
export function Stage({ session, player, View }: StageProps): JSX.Element {
  const { beside, history, lab } = session;
  const old = session.errors.length > 0;
  return (
    <div
      class={old ? 'stage old' : 'stage'}
      onClick={(event) => {
        const subject = event.target instanceof Element ? event.target.closest('[data-subject]')?.getAttribute('data-subject') : undefined;
        if (subject) player.change(selected(subject));
      }}
      onKeyDown={(event) => {
        // Buttons click by themselves; other subjects of a picture answer to the same keys.
        const target = event.target instanceof Element ? event.target : undefined;
        const subject = target?.getAttribute('data-subject');
        if (!subject || (event.key !== 'Enter' && event.key !== ' ') || target?.matches('button, a')) return;
        event.preventDefault();
        event.stopPropagation();
        player.change(selected(subject));
      }}
    >
      {old && <p class="stale">From your last text that could be read:</p>}
      {isVeiled(session) && <p class="veil">Choose what you expect; then the answer is shown here.</p>}
      {beside ? (
        <div class="beside">
          <section>
            <h4>{labelOfShown(lab, history, beside.other)}</h4>
            <Shown session={session} player={player} View={View} />
          </section>
          <section>
            <h4>{beside.label}</h4>
            <Shown session={{ ...session, history: besideHistory(history, beside.branch) }} player={player} View={View} />
          </section>
        </div>
      ) : (
        <Shown session={session} player={player} View={View} />
      )}
    </div>
  );
}

function Shown({ session, player, View }: StageProps): JSX.Element {
  const { state } = frameOf(session.history);
  if (session.show === 'table') return <Tables session={session} player={player} />;
  if (session.show === 'words') return <Words session={session} player={player} />;
  return (
    <div class={isVeiled(session) ? 'picture veiled' : 'picture'}>
      <div class="live">
        <View
          state={state}
          selected={session.selected}
          select={(subject) => {
            player.change(selected(subject));
          }}
          act={(action) => {
            player.act({ action, move: { act: action }, name: nameOfAct(session.lab, state, action) });
          }}
        />
      </div>
      <Settled session={session} View={View} />
    </div>
  );
}

/** The end of the run, unseen under the shown frame: it keeps the place that the picture will need, and is the picture where no script runs. */
function Settled({ session, View }: Pick<StageProps, 'session' | 'View'>): JSX.Element | null {
  const { history } = session;
  const end = history.branch.frames[lastOf(history.branch)];
  if (isOver(history) || !end) return null;
  return (
    <div class="settled" aria-hidden="true" inert>
      <View state={end.state} selected={undefined} select={() => undefined} act={() => undefined} />
    </div>
  );
}

/** All tables of the state. */
export function Tables({ session, player }: PartProps): JSX.Element {
  const { headline, tables } = session.lab.describe(frameOf(session.history).state);
  return (
    <div class="tables">
      <p class="headline">
        <Rich text={headline} />
      </p>
      {tables.map((table) => (
        <OneTable key={table.id} table={table} session={session} player={player} />
      ))}
    </div>
  );
}

function OneTable({ table, session, player }: PartProps & { readonly table: Table }): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={table.caption}>
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map(({ label, numeric }) => (
              <th scope="col" class={numeric ? 'num' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ cells, subject, tone }) => (
            <tr class={[tone, subject !== undefined && subject === session.selected ? 'asked' : undefined].filter(Boolean).join(' ') || undefined}>
              {cells.map((cell, index) => (
                <td class={table.columns[index]?.numeric ? 'num' : undefined}>
                  {index === 0 && subject !== undefined ? (
                    <button
                      type="button"
                      class="why-of"
                      data-subject={subject}
                      aria-pressed={subject === session.selected}
                      onClick={doing(player, selected(subject))}
                    >
                      <Cell text={cell} code={table.columns[index]?.code === true} />
                      <span class="sr">, why?</span>
                    </button>
                  ) : (
                    <Cell text={cell} code={table.columns[index]?.code === true} />
                  )}
                  {index === cells.length - 1 && tone !== undefined && tone !== 'plain' && (
                    <b class={tone === 'good' ? 'ok' : 'no'}>{tone === 'good' ? ' ✓' : ' ✗'}</b>
                  )}
                </td>
              ))}
            </tr>
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td colSpan={table.columns.length}>{table.empty ?? 'None.'}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ text, code }: { readonly text: string; readonly code: boolean }): JSX.Element {
  return code && text !== '' ? <code>{text}</code> : <Rich text={text} />;
}

/** The state in words. */
export function Words({ session }: PartProps): JSX.Element {
  const { headline, facts } = session.lab.describe(frameOf(session.history).state);
  return (
    <div class="words">
      <p>
        <Rich text={headline} />
      </p>
      <dl>
        {facts.map(({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd>
              <Rich text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
