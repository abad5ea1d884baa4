import type { JSX } from 'preact';
import type { Table } from '../../../labs/lab.ts';
import { frameOf } from '../history.ts';
import { selected } from '../session.ts';
import { doing, still, type PartProps } from './player.ts';
import { Rich } from './rich.tsx';

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

/** The table that says most. */
export function FirstTable(props: PartProps): JSX.Element | null {
  const [table] = props.session.lab.describe(frameOf(props.session.history).state).tables;
  return table ? <OneTable table={table} {...props} /> : null;
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
                  {index === 0 && subject !== undefined && player !== still ? (
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
