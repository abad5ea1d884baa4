import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../labs/lab.ts';
import { lateTexts, retryLab as lab, setupOf } from '../../tests/fixtures/retry-client/setup.ts';
import { Log } from './components/log.tsx';
import { still } from './components/player.ts';
import { startOf } from './opaque.ts';
import type { PageScenario } from './page-scenario.ts';
import { openSession } from './session.ts';

const scenario: PageScenario = {
  ...{ id: 'late', title: 'Late', task: 'Watch.', kind: 'show', texts: lateTexts, seed: 1 },
  ...{ goals: [], solutions: [], hints: [], commands: [], diagnoses: [], start: startOf(lab, setupOf(lateTexts)).state },
};

/** What stands behind the arrow of each entry that has one. */
function reasonsOf(entries: readonly LogEntry[]): readonly string[] {
  const session = openSession({ ...lab, log: () => entries }, { id: 'x', lab: 'retry-client', scenario, scenarios: [], url: '/', layout: 'full', heading: 2 });
  const html = renderToString(h(Log, { session, player: still }));
  return [...html.matchAll(/<span class="why"><span class="sr">because of <\/span>(.*?)<\/span>/gsu)].map(([, reason = '']) => reason);
}

test('a cause is told in words: why it led to this, else what it was', () => {
  const reasons = reasonsOf([
    { id: 1, atMs: 0, text: 'You apply pod web', by: 'learner' },
    { id: 2, atMs: 1, text: 'The scheduler binds pod web', by: 'lab', cause: 1, because: 'it fits on n1' },
    { id: 3, atMs: 2, text: 'The kubelet starts `web`', by: 'lab', cause: 2 },
    { id: 4, atMs: 3, text: 'Nobody knows why', by: 'lab' },
  ]);
  expect(reasons).toEqual(['1: it fits on n1', '2: The scheduler binds pod web']);
});
