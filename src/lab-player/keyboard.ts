import { lastOf } from './history.ts';
import type { Runtime } from './runtime.ts';
import { noticed, played, reset, selected, shown, sought, stepped, steppedBack, type Change, type Session } from './session.ts';
import { shortcutOf, type Does } from './shortcuts.ts';

const typingInto = 'textarea, select, input:not([type="radio"], [type="checkbox"], [type="range"], [type="button"])';

const changes: Readonly<Record<Exclude<Does, 'link' | 'full'>, Change>> = {
  play: played,
  step: stepped,
  back: steppedBack,
  start: sought(0),
  end: (session) => sought(lastOf(session.history.branch))(session),
  reset,
  picture: shown({ show: 'picture' }),
  table: shown({ show: 'table' }),
  words: shown({ show: 'words' }),
  keys: (session) => shown({ showsKeys: !session.showsKeys })(session),
  close: closed,
};

/** Does what a key stands for in a lab that has the focus. */
export function pressed(runtime: Runtime, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !(event.target instanceof Element)) return;
  const focused = { typing: event.target.matches(typingInto), pressable: event.target.matches('button, summary, a, input, [role="button"]') };
  const does = shortcutOf(event.key, runtime.session.lab.meta.mode, focused);
  if (!does) return;
  // Escape leaves the full screen by itself; all else would scroll or search the page.
  if (does !== 'close') event.preventDefault();
  if (does === 'link') runtime.ask('copyLink');
  else if (does === 'full') runtime.fullScreen();
  else runtime.change(changes[does]);
}

/** Closes what is open: the answer to "why?", a message, the keys. */
function closed(session: Session): Session {
  if (session.selected !== undefined) return selected(undefined)(session);
  if (session.notice) return noticed(undefined)(session);
  return session.showsKeys ? shown({ showsKeys: false })(session) : session;
}
