/** What a running lab needs only once somebody edits, compares or shares; loads after the rest. */
export { copyLink, openFragment, openText, saveFile } from './sharing.ts';
export { movesOf, playMoves, setUp } from './moves.ts';
export { otherRun } from './other-run.ts';
export { compared, edited } from './session-later.ts';
export { tooLarge } from './too-large.ts';
