import type { JSX } from 'preact';
import type { LogEntry } from '../../../labs/lab.ts';
import { frameOfEntry } from '../causes.ts';
import { formatAt } from '../format.ts';
import { frameOf, lastOf } from '../history.ts';
import { selected, shown, sought, type Session } from '../session.ts';
import { doing, idIn, type PartProps, subheading } from './player.ts';
import { Rich } from './rich.tsx';

/** Longer logs show their latest entries; all are in reach by stepping back. */
const entriesMax = 300;

/** What happened, and why: every entry names what caused it, and leads to its moment. */
export function Log({ session, player }: PartProps): JSX.Element {
  const { lab, history } = session;
  const all = lab.log(frameOf(history).state, 0);
  const byId = new Map(all.map((entry) => [entry.id, entry]));
  const entries = all.slice(-entriesMax);
  const before = history.branch.frames[history.at - 1];
  const lastBefore = before ? (lab.log(before.state, 0).at(-1)?.id ?? 0) : 0;
  const end = history.branch.frames[lastOf(history.branch)];
  const rows = Math.min(5, end ? (lab.log(end.state, 0).at(-1)?.id ?? 1) : 1);
  const title = idIn(session, 'log');
  const Heading = subheading(session);
  return (
    <div class="events" role="group" aria-labelledby={title}>
      <div class="row">
        <Heading id={title}>What happened, and why</Heading>
        {entries.length > 5 && (
          <button type="button" class="btn bare s" aria-pressed={session.wholeLog} onClick={doing(player, shown({ wholeLog: !session.wholeLog }))}>
            {session.wholeLog ? 'Show less' : `Show all ${all.length}`}
          </button>
        )}
      </div>
      <ol class={session.wholeLog ? undefined : 'window'} data-rows={rows} tabIndex={0} aria-label="Events" onKeyDown={walk}>
        {entries.length === 0 && <li class="dim">Nothing yet.</li>}
        {entries.map((entry, index) => (
          <Entry
            key={entry.id}
            entry={entry}
            causedBy={byId.get(entry.cause ?? 0)}
            isNow={entry.id > lastBefore}
            isLast={index === entries.length - 1}
            session={session}
            player={player}
          />
        ))}
      </ol>
    </div>
  );
}

/** One stop for the Tab key; arrows walk from entry to entry. */
function walk(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || !(event.currentTarget instanceof Element)) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.go-to')];
  const now = buttons.findIndex((button) => button === event.target);
  const next = buttons[now < 0 ? buttons.length - 1 : now + by];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function Entry({
  entry,
  causedBy,
  isNow,
  isLast,
  session,
  player,
}: PartProps & { readonly entry: LogEntry; readonly causedBy: LogEntry | undefined; readonly isNow: boolean; readonly isLast: boolean }): JSX.Element {
  const { id, atMs, text, because, by, subject, tone } = entry;
  // A number alone would send the reader looking for it.
  const reason = [causedBy?.id, because ?? causedBy?.text].filter(Boolean).join(': ');
  return (
    <li {...(isNow && { 'aria-current': 'step' })} data-entry={id}>
      <span class="i">{id}</span>
      <span class="when">{session.lab.meta.mode === 'run' ? formatAt(session.lab.meta, atMs) : ''}</span>
      <button
        type="button"
        class="go-to"
        tabIndex={isLast ? 0 : -1}
        {...(subject !== undefined && { 'data-subject': subject })}
        onClick={doing(player, goTo(session, id, subject))}
      >
        {tone === 'bad' && <b class="no">✗ </b>}
        {tone === 'good' && <b class="ok">✓ </b>}
        <Rich text={text} />
      </button>
      {by === 'lab' && reason !== '' && (
        <span class="why">
          <span class="sr">because of </span>
          <Rich text={reason} />
        </span>
      )}
    </li>
  );
}

/** To the entry's moment, with its "why?". */
function goTo(session: Session, id: number, subject: string | undefined): (now: Session) => Session {
  return (now) => {
    const moved = sought(frameOfEntry(session.lab, now.history.branch, id))(now);
    return subject === undefined ? moved : selected(subject)(moved);
  };
}
