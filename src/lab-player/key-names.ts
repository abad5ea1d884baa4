import type { Does } from './shortcuts.ts';

/** How a reader is told each key of a lab, and what it does. */
export const keyNames: Readonly<Record<Does, readonly [key: string, what: string]>> = {
  play: ['Space', 'play or pause'],
  step: ['.', 'one step on'],
  back: [',', 'one step back'],
  start: ['Home', 'to the start'],
  end: ['End', 'to the end'],
  reset: ['r', 'reset'],
  picture: ['1', 'picture'],
  table: ['2', 'table'],
  words: ['3', 'words'],
  copyLink: ['c', 'copy a link to this moment'],
  fullScreen: ['f', 'full screen'],
  keys: ['?', 'these keys'],
  close: ['Esc', 'close what is open'],
};
