/** What keys can do in a lab that has the focus. */
export type Does = 'play' | 'step' | 'back' | 'start' | 'end' | 'reset' | 'picture' | 'table' | 'words' | 'copyLink' | 'fullScreen' | 'keys' | 'close';

/** Every key; `components/keys.tsx` says them to the reader. */
const keys: Readonly<Record<string, Does>> = {
  ' ': 'play',
  k: 'play',
  '.': 'step',
  ',': 'back',
  Home: 'start',
  End: 'end',
  r: 'reset',
  1: 'picture',
  2: 'table',
  3: 'words',
  c: 'copyLink',
  f: 'fullScreen',
  '?': 'keys',
  Escape: 'close',
};

/** Whether a key that does this works only where time runs. */
export function needsTime(does: Does): boolean {
  return does === 'play' || does === 'step';
}

/** What a key press stands for, unless the key belongs to the control that has the focus. */
export function shortcutOf(key: string, mode: 'run' | 'bench', focused: { readonly typing: boolean; readonly pressable: boolean }): Does | undefined {
  const does = keys[key];
  // Space presses a focused button, opens a summary, and ticks a radio.
  if (!does || focused.typing || (focused.pressable && key === ' ')) return undefined;
  return mode === 'bench' && needsTime(does) ? undefined : does;
}
