import { shellHtml, shells } from './shell.ts';

/** Says nothing before somebody acts: the player sets it when it wakes, or it is the default. */
const silent = / (?:type="button"|aria-(?:pressed|disabled|invalid|current)="false"|data-spoken="true")/g;
/** A click on a button is kept whatever it is about. */
const subjectOfButton = /(<button[^>]*?) data-subject="[^"]*"/g;
/** In the picture of the end, which nobody can point at. */
const pointers = / (?:data-subject="[^"]*"|tabindex="0"|aria-[a-z]+="[^"]*"|role="[a-z]+")/g;
/** A picture in two forms, wide (`w`) and tall (`t`): the wide one, which is not seen before a script draws it, only has to keep its place. */
const wideForm = /(<svg class="w"[^>]*>).*?<\/svg>(?=<svg class="t")/gs;
const isInTwoForms = /<svg class="w"[^>]*>.*?<\/svg><svg class="t"/s;
/** Lists of what can be asked, where nobody can ask. */
const asks = /<ul class="asks".*?<\/ul>/gs;
/** HTML closes these by itself. */
const closed = /<\/(?:li|td|th|tr|dt|dd|tbody)>/g;
/** What stands below the timeline. */
const belowTimeline = /<p class="after|<div class="goal-part|<p class="sr"/;

/**
 * The markup of a sleeping lab in a chapter, without what only a running player needs: it draws over this markup, element by element. `isAtStart`: the
 * first frame is shown, so that the timeline has nothing to say yet.
 */
export function slim(html: string, id: string, isAtStart: boolean): string {
  const [sleeping, below] = split(html.replace(silent, '').replace(subjectOfButton, '$1').replace(closed, ''), '<div class="controls"');
  const [shown, end] = split(sleeping, '<div class="settled"');
  const ending = end.replace(pointers, '');
  // A picture in two forms is taller than the place that its end would keep: where scripts run, it does not stand there at all.
  const rest = isInTwoForms.test(ending) ? withoutScripts(ending.replace(wideForm, '$1</svg>').replace(asks, '')) : ending;
  return `${shown}${rest}${withShell(below, id, isAtStart)}`;
}

/** The first element of a text, a `div`, only for pages where no script runs. */
function withoutScripts(html: string): string {
  let depth = 0;
  for (const { 0: tag, index } of html.matchAll(/<\/?div\b/g)) {
    depth += tag === '<div' ? 1 : -1;
    const end = index + '</div>'.length;
    if (depth === 0) return `<noscript>${html.slice(0, end)}</noscript>${html.slice(end)}`;
  }
  throw new Error('The picture of the end of a run has no end.');
}

/** The markup of a lab on its own page. The player fills in what is missing when it wakes. */
export function slimEnd(html: string): string {
  const [shown, end] = split(html, '<div class="settled"');
  return shown + end.replace(wideForm, '$1</svg>').replace(asks, '');
}

/**
 * Where no script runs, what can be asked in a picture answers nothing: there it is no stop for the Tab key. `bootstrap.ts` makes these stops again.
 */
export function untabbed(html: string): string {
  const [head, rest] = split(html, '<div class="live"');
  const [picture, below] = split(rest, /<div class="(?:settled|controls|shell)"/);
  return head + picture.replaceAll('<button', '<button tabindex="-1"') + below;
}

/** Words and table for pages without scripts. */
export function slimWords(html: string): string {
  return html.replace(closed, '').replaceAll(' scope="col"', '');
}

function split(text: string, mark: string | RegExp): readonly [string, string] {
  const at = text.search(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** Controls, and a timeline at its start, come with the script where it knows them. */
function withShell(below: string, id: string, isAtStart: boolean): string {
  const traits = shells.find((candidate) => below.startsWith(shellHtml(candidate, id)));
  if (traits === undefined) return below;
  const rest = below.slice(shellHtml(traits, id).length);
  return isAtStart
    ? `<div class="shell" data-shell="${traits}s"></div>${split(rest, belowTimeline)[1]}`
    : `<div class="shell" data-shell="${traits}"></div>${rest}`;
}
