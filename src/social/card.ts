import { xmlText } from './feed.ts';

/** Width and height of a card in pixels: what the services that show links ask for, 1.91 to 1. */
export const cardSize = { width: 1200, height: 630 } as const;

/** Bytes that a card may have. */
export const cardBytesMax = 40_000;

/** A drawing made by a lab, with the stylesheet that it needs. */
export interface CardPicture {
  readonly html: string;
  readonly css: string;
  /** What it shows, as the end of a sentence. */
  readonly shows: string;
  /** When each frame of the run stands, in its milliseconds; none for a lab without time. */
  readonly framesMs: readonly number[];
}

/** A step of the stair under a card: a part of the course, with the number of its chapters. */
export interface CardStep {
  readonly chapters: number;
  /** The chapter in it that the card is about, counted from 0. */
  readonly here?: number;
  /** The card is about this part. */
  readonly isHere: boolean;
}

/** A chapter in the list on the card of a part. */
export interface CardChapter {
  readonly title: string;
  readonly isWritten: boolean;
}

/** What stands on the image that a link to a page is shown with. */
export interface Card {
  /** Path below `public/social/`, without `.png`: that of its page, `home` for the home page. */
  readonly name: string;
  readonly kind: 'home' | 'chapter' | 'part' | 'lab';
  /** What the page is: "Lab", "Part 5: Networking". */
  readonly place: string;
  readonly title: string;
  /** The question it answers, or what it is about. */
  readonly text: string;
  readonly steps?: readonly CardStep[];
  readonly chapters?: readonly CardChapter[];
  readonly picture?: CardPicture;
}

const markup = (text: string): string => xmlText(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** The mark of the site, as in its favicon. */
const mark =
  '<svg class="mark" viewBox="0 0 22 22"><path d="M1.5 20.5v-6h6v-6h6v-6h7" fill="none" stroke="currentColor" stroke-width="2.5"/><path class="go" d="M13 20.5l7.5-5-7.5-5z"/></svg>';

// The stair in its own units: a chapter is one wide, a part one step up.
const stepUp = 11;
const chapterWide = 10;

/** The course as a stair: each part a step as long as it has chapters, the shown part drawn strong, its chapter a ball on it. */
function stair(steps: readonly CardStep[]): string {
  const height = stepUp * steps.length;
  let x = 0;
  const drawn = steps.map(({ chapters, here, isHere }, index) => {
    const y = height - stepUp * index;
    const from = x;
    x += chapters * chapterWide;
    const ball = here === undefined ? '' : `<circle cx="${from + (here + 0.5) * chapterWide}" cy="${y - 8}" r="5.5"/>`;
    return { riser: index === 0 ? `M0 ${y}H${x}` : `V${y}H${x}`, strong: isHere ? `<path class="strong" d="M${from} ${y}H${x}"/>${ball}` : '' };
  });
  const riser = drawn.map((step) => step.riser).join('');
  return `<svg class="stair" viewBox="-2 -15 ${x + 4} ${height + 17}"><path d="${riser}"/>${drawn.map(({ strong }) => strong).join('')}</svg>`;
}

/** What runs from the button to the right end, in pixels of the card. */
const runFrom = 76;
const runTo = 470;
const ticksMax = 60;

/** The timeline of a lab under its question: a button to play, and a tick for each moment of the run. */
function run({ framesMs }: CardPicture): string {
  const moments = [...new Set(framesMs)];
  const last = moments.at(-1) ?? 0;
  // A lab that answers nearly at once has no time between its frames.
  const places = moments.length > 3 ? moments.map((ms) => ms / last) : framesMs.map((_, index) => index / Math.max(1, framesMs.length - 1));
  const ticks = places.slice(-ticksMax).map((place) => `M${Math.round(runFrom + place * (runTo - runFrom))} 18v16`);
  return `<svg class="run" viewBox="0 0 476 52"><rect class="go" width="52" height="52" rx="8"/><path class="on" d="M18 13l22 13-22 13z"/><path d="M${runFrom} 26H${runTo}${ticks.join('')}"/><circle class="go" cx="${runTo}" cy="26" r="9"/></svg>`;
}

function figure({ picture, chapters }: Card): string {
  if (picture) return `<div class="plate"><div class="lab"><div class="picture">${picture.html}</div></div></div>`;
  if (!chapters) return '';
  return `<ol class="chapters">${chapters.map(({ title, isWritten }) => `<li><i${isWritten ? '' : ' class="none"'}></i>${markup(title)}</li>`).join('')}</ol>`;
}

/** The body of the page that a card is photographed from. */
export function cardBody(card: Card): string {
  const { kind, place, title, text, steps, picture } = card;
  // Long titles are set smaller, so that the question under them keeps its room, and long words, so that they fit.
  const long = title.length > 34 || /\S{16}/.test(title) ? ' long' : '';
  const under = steps ? stair(steps) : picture && picture.framesMs.length > 0 ? run(picture) : '';
  return `<main class="card ${kind}${long}"><header><span class="brand">${mark}Kubestep</span><span class="place">${markup(place)}</span></header>
<div class="says"><h1>${markup(title)}</h1><p>${markup(text)}</p>${under}</div>${figure(card)}</main>`;
}

/** What the card shows, for those who do not see it. */
export function cardAlternative({ place, title, text, steps, chapters, picture }: Card): string {
  const says = [`Kubestep, ${place}: ${title}. ${text}`.replaceAll('`', '')];
  if (picture) says.push(`Beside it, ${picture.shows}.`);
  if (chapters) says.push(`Its chapters: ${chapters.map(({ title: name }) => name).join(', ')}.`);
  if (steps && !picture && !chapters) says.push('Under it, the course as a stair.');
  return says.join(' ');
}
