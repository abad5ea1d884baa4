/**
 * What can wait until the reader has seen the first frame: all below the timeline, what is shown only when it is asked for, and the requests. It is there
 * when its stylesheet is.
 */
import { loadStyle } from '../dom/style-sheet.ts';
import href from '../styles/lab-later.css?url';

export { Beside } from './components/beside.tsx';
export { ForkButtons, Forks } from './components/forks.tsx';
export { Keys } from './components/keys.tsx';
export { NoticeMore } from './components/notice-more.tsx';
export { drawRest } from './components/rest.tsx';
export { Tables, Words } from './components/tables.tsx';
export { outcomeOf } from './outcome.ts';
export { settle } from './settle.ts';

export { bringBack, chooseScenario, compare, copyText, fullScreen, goTo, offerStored, playSolution, read, save } from './requests.ts';
export { copyLink, openFile, openFragment, saveFile } from './sharing.ts';

await loadStyle(href);
