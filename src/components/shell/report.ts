// The page for reports: fills in the page that the reader came from and lets one of its sections be named, copies the text or takes it to an issue.
import { unlike } from '../../dom/unlike.ts';
import { progressThing } from '../../reader/progress.ts';
import { addressOf } from '../../reader/site-place.ts';
import { load } from '../../reader/storage.ts';
import { issueAddress, reportAbout, reportText } from './report-text.ts';

const base = document.documentElement.dataset.base ?? '/';
const field = document.querySelector<HTMLTextAreaElement>('[data-report]');
const button = document.querySelector<HTMLButtonElement>('[data-copy-report]');
const issue = document.querySelector<HTMLAnchorElement>('[data-issues]');
const status = document.querySelector('[data-report-status]');

/** Only a page of this course; another address is nobody's business. */
function cameFrom(): string | undefined {
  const { referrer } = document;
  if (!URL.canParse(referrer)) return undefined;
  const { origin, pathname } = new URL(referrer);
  if (origin !== location.origin || !pathname.startsWith(base) || pathname === location.pathname) return undefined;
  // A referrer has no fragment; which section was being read is remembered.
  const { last } = load(progressThing);
  const place = last && new URL(addressOf(last.path), location.origin);
  // The link stands at the end of a chapter, where the last section is in sight whatever the reader means.
  return place?.pathname === pathname && place.hash !== '#read-on' ? place.href : referrer;
}

/** The sections of a chapter: where in the page, and what they are called. None for any other page. */
async function sectionsOf(page: string): Promise<readonly (readonly [hash: string, title: string])[]> {
  const answer = await fetch(page);
  const chapter = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return [...chapter.querySelectorAll('.toc .sub a')].map((link) => [link.getAttribute('href') ?? '', link.firstElementChild?.textContent ?? '']);
}

/** Lets the reader say which section is meant: the way here stands at the end of a chapter. */
async function offerSections(page: string, choose: (page: string) => void): Promise<void> {
  const list = document.querySelector<HTMLSelectElement>('[data-report-section]');
  const sections = await sectionsOf(page);
  if (!list || sections.length === 0) return;
  const whole = new URL(page);
  const here = whole.hash;
  for (const [hash, title] of [['', 'The whole chapter'] as const, ...sections]) list.add(new Option(title, hash, false, hash === here));
  list.addEventListener('change', () => {
    whole.hash = list.value;
    choose(whole.href);
  });
  list.parentElement?.removeAttribute('hidden');
}

if (field) {
  let page = cameFrom();
  const { userAgent } = navigator;
  if (field.value.trim() === '') field.value = reportText({ page, browser: userAgent });
  if (page !== undefined)
    // Without a network the text names the page, and the section is for the reader to write.
    offerSections(page, (chosen) => {
      page = chosen;
      field.value = reportAbout(field.value, chosen);
    }).catch(() => undefined);
  issue?.addEventListener('click', () => {
    issue.href = issueAddress(issue.dataset.issues ?? issue.href, page, field.value);
  });
  button?.addEventListener('click', () => {
    const say = (text: string): void => {
      if (status) status.textContent = unlike(text);
    };
    navigator.clipboard.writeText(field.value).then(
      () => {
        say('Copied.');
      },
      () => {
        field.select();
        say('The browser does not let pages copy. The text is selected: press Ctrl+C or ⌘C.');
      },
    );
  });
}
