import { lastOf } from './history.ts';
import type { Runtime } from './runtime.ts';
import { noticed, played, reset, selected, shown, sought, stepped, steppedBack, type Change, type Session } from './session.ts';
import { shortcutOf, type Does } from './shortcuts.ts';

const typingInto = 'textarea, select, input:not([type=radio], [type=checkbox], [type=range])';

const changes: Readonly<Record<Exclude<Does, 'copyLink' | 'fullScreen'>, Change>> = {
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
  try {
    // The reader may have switched off shortcuts that are a single sign, on the page of keys.
    if (!event.key[1] && localStorage['kubestep:keys'] === 'off') return;
  } catch {
    // Refused, as in some private windows: nothing was switched off.
  }
  const focused = { typing: event.target.matches(typingInto), pressable: event.target.matches('button, summary, a, input') };
  const does = shortcutOf(event.key, runtime.session.lab.meta.mode, focused);
  if (!does) return;
  // Escape leaves the full screen by itself; all else would scroll or search the page.
  if (does !== 'close') event.preventDefault();
  if (does === 'copyLink' || does === 'fullScreen') runtime.ask(does);
  else runtime.change(changes[does]);
}

/** Closes what is open: the answer to "why?", a message, the keys. */
function closed(session: Session): Session {
  const change = session.selected !== undefined ? selected(undefined) : session.notice ? noticed(undefined) : shown({ showsKeys: false });
  return change(session);
}
