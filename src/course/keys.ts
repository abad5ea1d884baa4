import { keyNames } from '../lab-player/key-names.ts';
import { needsTime, type Does } from '../lab-player/shortcuts.ts';

/** A row of the page of keys. */
export interface KeyRow {
  /** Keys that do the same; each is a list of keys held together. */
  readonly keys: readonly (readonly string[])[];
  readonly what: string;
  /** It is a letter, digit or sign alone, or Space: the switch turns it off. */
  readonly isSingle: boolean;
  readonly note?: string;
}

/** Keys that belong together, and where they work. */
export interface KeyGroup {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  readonly rows: readonly KeyRow[];
}

/** Arrows are one sign here, but no text: they stay. */
const isSign = ([key = '', ...held]: readonly string[]): boolean => held.length === 0 && /^[!-~]$/.test(key);
const row = (keys: KeyRow['keys'], what: string): KeyRow => ({ keys, what, isSingle: keys.some(isSign) });

/** Keys of the same meaning that the help in a lab leaves out. */
const also: Readonly<Partial<Record<Does, string>>> = { play: 'k' };

const labRows = Object.entries(keyNames).map(([name, [key, what]]): KeyRow => {
  const does = name as Does;
  const other = also[does];
  return {
    keys: [[key], ...(other === undefined ? [] : [[other]])],
    what: what.charAt(0).toUpperCase() + what.slice(1),
    isSingle: isSign([key]) || key === 'Space',
    ...(needsTime(does) && { note: 'not in labs that answer at once' }),
  };
});

/** All keys of the site and of labs. What a lab says itself (`keyNames`) is taken from there. */
export const keyGroups: readonly KeyGroup[] = [
  {
    id: 'site',
    title: 'Everywhere',
    where: 'On every page, unless you are typing in a field.',
    rows: [
      row([['/']], 'Search the course, also where a list has a filter: Tab leads to that'),
      row(
        [
          ['Ctrl', 'K'],
          ['⌘', 'K'],
        ],
        'Search the course, also from a field',
      ),
      row([['Tab']], 'The first press offers to skip to the text; then to the next link or control'),
      row([['Esc']], 'Close the search, the contents or the card of a term'),
    ],
  },
  {
    id: 'search',
    title: 'In the search',
    where: 'While the search is open.',
    rows: [
      row([['↓'], ['↑']], 'To the next or the previous result, and back to the field'),
      row([['Enter']], 'Open the first result, or the one that has the focus'),
    ],
  },
  {
    id: 'chapter',
    title: 'In a chapter',
    where: 'While a tab, or an option of a question, has the focus.',
    rows: [
      row([['←'], ['→']], 'The other variant, in all tabs of that name'),
      row([['Space']], 'Choose the option; where steps are put in order, it is the next'),
      row([['Enter']], 'Check the answer'),
    ],
  },
  { id: 'lab', title: 'In a lab', where: 'Once something in the lab has the focus: press Tab until you are in it, or click it.', rows: labRows },
  {
    id: 'timeline',
    title: 'On the timeline of a lab',
    where: 'While the slider has the focus.',
    rows: [
      row([['←'], ['→']], 'One step back or on'),
      row([['Page Up'], ['Page Down']], 'Several steps on or back'),
      row([['Home'], ['End']], 'To the start or the end'),
    ],
  },
  {
    id: 'log',
    title: 'In the log and the picture of a lab',
    where: 'While an event or a thing has the focus.',
    rows: [row([['↓'], ['↑']], 'To the next or the previous event'), row([['Enter']], 'On an event: to its moment. On a thing: ask why')],
  },
  {
    id: 'cards',
    title: 'On review cards',
    where: 'While the card has the focus.',
    rows: [row([['Enter'], ['Space']], 'Show the answer'), row([['→']], 'I knew it'), row([['←']], 'Not yet')],
  },
];
