/** What a key does in a lab that has the focus. */
export interface Shortcut {
  readonly keys: readonly string[];
  /** As the help writes it. */
  readonly shown: string;
  readonly what: string;
  readonly does: 'play' | 'step' | 'back' | 'start' | 'end' | 'reset' | 'picture' | 'table' | 'words' | 'link' | 'full' | 'keys' | 'close';
  /** Only where time runs. */
  readonly runOnly?: true;
}

/** All of them, in the order of the help. */
export const shortcuts: readonly Shortcut[] = [
  { keys: [' ', 'k'], shown: 'Space', what: 'play or pause', does: 'play', runOnly: true },
  { keys: ['.'], shown: '.', what: 'one step on', does: 'step', runOnly: true },
  { keys: [','], shown: ',', what: 'one step back', does: 'back' },
  { keys: ['Home'], shown: 'Home', what: 'to the start', does: 'start' },
  { keys: ['End'], shown: 'End', what: 'to the end', does: 'end' },
  { keys: ['r'], shown: 'r', what: 'reset', does: 'reset' },
  { keys: ['1'], shown: '1', what: 'picture', does: 'picture' },
  { keys: ['2'], shown: '2', what: 'table', does: 'table' },
  { keys: ['3'], shown: '3', what: 'words', does: 'words' },
  { keys: ['c'], shown: 'c', what: 'copy a link to this moment', does: 'link' },
  { keys: ['f'], shown: 'f', what: 'full screen', does: 'full' },
  { keys: ['?'], shown: '?', what: 'these keys', does: 'keys' },
  { keys: ['Escape'], shown: 'Esc', what: 'close what is open', does: 'close' },
];

/** The shortcut of a key press, unless the key belongs to the control that has the focus. */
export function shortcutOf(key: string, mode: 'run' | 'bench', focused: { readonly typing: boolean; readonly pressable: boolean }): Shortcut | undefined {
  if (focused.typing) return undefined;
  // Space presses a focused button, opens a summary, and ticks a radio.
  if (focused.pressable && key === ' ') return undefined;
  return shortcuts.find(({ keys, runOnly }) => keys.includes(key) && !(runOnly === true && mode === 'bench'));
}
