import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { attemptTraces, expectTrace, labIds, scenarioTraces, type Hands } from './lab-traces.ts';
import { useVisitor } from './visitor.ts';

const visitor = useVisitor();
const base = inject('atRoot');

/** Playwright's hands. */
const handsOn = (page: Page): Hands => ({
  evaluate: (run, given) => page.evaluate(run as never, given),
  press: (key) => page.keyboard.press(key),
});

describe.each(labIds)('lab %s', (id) => {
  let hands: Hands;
  let troubles: readonly string[];
  beforeAll(async () => {
    const visit = await visitor.open(`${base}labs/${id}/`, { permissions: ['clipboard-read', 'clipboard-write'] });
    hands = handsOn(visit.page);
    ({ troubles } = visit);
  });

  test('every scenario runs to the same end by itself', async () => {
    for (const trace of await scenarioTraces(id)) await expectTrace(hands, trace);
    expect(troubles).toEqual([]);
  });

  test('every solution and wrong attempt, with another seed, runs to the same end', async () => {
    for (const trace of await attemptTraces(id)) await expectTrace(hands, trace);
    expect(troubles).toEqual([]);
  });
});
