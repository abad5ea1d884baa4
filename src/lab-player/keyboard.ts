import { lastOf } from './history.ts';
import type { Runtime } from './runtime.ts';
import { noticed, played, reset, selected, shown, sought, stepped, steppedBack } from './session.ts';
import { shortcutOf, type Shortcut } from './shortcuts.ts';

const typingInto = 'textarea, select, input:not([type="radio"], [type="checkbox"], [type="range"], [type="button"])';

/** Does what a key stands for in a lab that has the focus. */
export function pressed(runtime: Runtime, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !(event.target instanceof Element)) return;
  const focused = { typing: event.target.matches(typingInto), pressable: event.target.matches('button, summary, a, input, [role="button"]') };
  const shortcut = shortcutOf(event.key, runtime.session.lab.meta.mode, focused);
  if (!shortcut) return;
  // Escape leaves the full screen by itself; all else would scroll or search the page.
  if (shortcut.does !== 'close') event.preventDefault();
  perform(runtime, shortcut.does);
}

function perform(runtime: Runtime, does: Shortcut['does']): void {
  const { session } = runtime;
  switch (does) {
    case 'play':
      runtime.change(played);
      break;
    case 'step':
      runtime.change(stepped);
      break;
    case 'back':
      runtime.change(steppedBack);
      break;
    case 'start':
      runtime.change(sought(0));
      break;
    case 'end':
      runtime.change(sought(lastOf(session.history.branch)));
      break;
    case 'reset':
      runtime.change(reset);
      break;
    case 'picture':
    case 'table':
    case 'words':
      runtime.change(shown({ show: does }));
      break;
    case 'link':
      runtime.copyLink();
      break;
    case 'full':
      runtime.fullScreen();
      break;
    case 'keys':
      runtime.change(shown({ showsKeys: !session.showsKeys }));
      break;
    case 'close':
      close(runtime);
      break;
  }
}

/** Closes what is open: the answer to "why?", a message, the keys. */
function close(runtime: Runtime): void {
  const { session } = runtime;
  if (session.selected !== undefined) runtime.change(selected(undefined));
  else if (session.notice) runtime.change(noticed(undefined));
  else if (session.showsKeys) runtime.change(shown({ showsKeys: false }));
}
