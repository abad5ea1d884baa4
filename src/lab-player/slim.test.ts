import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import view from '../../tests/fixtures/retry-client/view.tsx';
import { lateTexts, retryLab as lab, setupOf } from '../../tests/fixtures/retry-client/setup.ts';
import { LabFrame } from './components/frame.tsx';
import { still, type View } from './components/player.ts';
import { Rest } from './components/rest.tsx';
import { startOf } from './opaque.ts';
import type { PageLab, PageScenario } from './page-scenario.ts';
import { openSession, sought, type Session } from './session.ts';
import { shellHtml } from './shell.ts';
import { slim, untabbed } from './slim.ts';

const scenario: PageScenario = {
  ...{ id: 'late', title: 'Late', task: 'Watch.', kind: 'show', texts: lateTexts, seed: 1, after: 'It came late.' },
  ...{ goals: [], solutions: [], hints: [], commands: [], diagnoses: [], start: startOf(lab, setupOf(lateTexts)).state },
};
const predict = {
  question: 'When?',
  options: [
    { text: 'now', right: false, why: '' },
    { text: 'later', right: true, why: '' },
  ],
};
const open = (more: Partial<PageScenario>, layout: PageLab['layout'] = 'figure', mode: 'run' | 'bench' = 'run'): Session => {
  const shown = { ...scenario, ...more };
  const page: PageLab = { id: 'x', lab: 'retry-client', scenario: shown, scenarios: [], url: '/labs/retry-client/', layout, heading: 3 };
  return openSession({ ...lab, meta: { ...lab.meta, mode } }, page);
};
const drawn = (session: Session): string =>
  renderToString(h(LabFrame, { session, player: still, View: view as View })) + renderToString(h(Rest, { session, player: still }));
const slimmed = (session: Session): string => slim(drawn(session), 'x', session.history.at === 0);

const cases: readonly (readonly [string, Session])[] = [
  ['with a prediction', open({ predict })],
  ['without one, at its end', open({})],
  ['a challenge', open({ kind: 'challenge', goals: [{ text: 'It answers', goal: { finally: 'answered' } }] })],
  ['without a way to change it', open({ predict }, 'compact')],
  ['a bench', open({ predict }, 'figure', 'bench')],
  ['at its end and without a way to change it', open({}, 'compact')],
];

test.each(cases)('the controls of a sleeping figure come with the script: %s', (_, session) => {
  const html = slimmed(session);
  expect(html).toMatch(/<div class="shell" data-shell="[a-z]*"><\/div>/u);
  expect(html).not.toContain('class="controls"');
});

test.each(cases)('what the script puts there is what the player draws: %s', (_, session) => {
  const traits = /data-shell="([a-z]*)"/u.exec(slimmed(session))?.[1] ?? '';
  const controls = (html: string): string => /<div class="controls".*?(?=<div class="timeline")/su.exec(html)?.[0] ?? 'none';
  const plain = drawn(session).replaceAll(/ (?:type="button"|aria-(?:pressed|disabled)="false")/gu, '');
  expect(controls(`${shellHtml(traits, 'x')}<div class="timeline"`)).toBe(controls(plain));
});

test('only a run at its start gets a timeline from the script', () => {
  expect(slimmed(open({ predict }))).not.toContain('class="timeline"');
  expect(slimmed(open({}))).toContain('class="timeline"');
});

test('start, end and everything that is said stay', () => {
  const session = open({ predict });
  const text = (html: string): string => html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
  const sleeping = text(slimmed(session));
  for (const said of ['Watch.', 'When?', 'now', 'later', 'It came late.']) expect(sleeping).toContain(said);
  const picture = (html: string): string => text(/<div class="scene".*?(?=<div class="(?:controls|shell)")/su.exec(html)?.[0] ?? '');
  expect(picture(slimmed(session))).toBe(picture(drawn(session)));
});

test('controls that it does not know stay in the page', () => {
  const session = sought(3)(open({ predict }));
  const unknown = drawn(session).replace('aria-label="Lab controls"', 'aria-label="Others"');
  expect(slim(unknown, 'x', false)).toContain('aria-label="Others"');
});

test('before a script runs, Tab passes over what can be asked in the picture, and over nothing else', () => {
  const html = (attribute: string): string =>
    `<button>a</button><div class="stage"><div class="live"><p><button${attribute} class="why-of">b</button></p></div><div class="settled"><button>c</button></div></div><div class="controls"><button>d</button></div>`;
  expect(untabbed(html(''))).toBe(html(' tabindex="-1"'));
  expect(untabbed('<p><button>no picture</button></p>')).toBe('<p><button>no picture</button></p>');
});

test('the end in two forms stands in the page only for who runs no scripts, in the tall form', () => {
  const both = '<svg class="w" viewBox="0 0 9 9"><g/></svg><svg class="t"><g/></svg>';
  const shell = shellHtml(/data-shell="([a-z]*)"/u.exec(slimmed(open({ predict })))?.[1] ?? '', 'x');
  const html = slim(
    `<div class="stage"><div class="picture"><div class="live">${both}</div><div class="settled"><div>${both}</div></div></div></div>${shell}`,
    'x',
    true,
  );
  expect(html).toContain(
    `<div class="live">${both}</div><noscript><div class="settled"><div><svg class="w" viewBox="0 0 9 9"></svg><svg class="t"><g/></svg></div></div></noscript></div></div>`,
  );
});
