/** What a running lab needs only once somebody edits, compares, shares or goes elsewhere; loads after the rest. */
export { chooseScenario, compare, copyText, goTo, offerStored, playSolution, read, save } from './requests.ts';
export { copyLink, openFile, openFragment, saveFile } from './sharing.ts';
