// The page for reports: fills in the page that the reader came from, and copies the text or takes it to an issue.
import { progressThing } from '../../reader/progress.ts';
import { addressOf } from '../../reader/site-place.ts';
import { load } from '../../reader/storage.ts';
import { issueAddress, reportText } from './report-text.ts';

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

if (field) {
  const page = cameFrom();
  const { userAgent } = navigator;
  if (field.value.trim() === '') field.value = reportText({ page, browser: userAgent });
  issue?.addEventListener('click', () => {
    issue.href = issueAddress(issue.dataset.issues ?? issue.href, page, field.value);
  });
  button?.addEventListener('click', () => {
    const say = (text: string): void => {
      if (status) status.textContent = text;
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
