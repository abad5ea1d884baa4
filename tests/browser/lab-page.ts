import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';

/** A lab in a page, driven as a visitor would: by the names of its controls. */
export interface LabPage {
  readonly root: Locator;
  readonly button: (name: string | RegExp) => Locator;
  /** Presses Step until nothing more happens. */
  readonly toTheEnd: () => Promise<void>;
  /** The line that says where in the run the lab stands. */
  readonly position: () => Promise<string>;
}

const stepsMax = 300;

/** The first lab of a page. */
export function labIn(page: Page): LabPage {
  const root = page.locator('lab-player').first();
  const button = (name: string | RegExp): Locator => root.getByRole('button', { name, exact: typeof name === 'string' });
  return {
    root,
    button,
    toTheEnd: async () => {
      for (let step = 0; step < stepsMax; step += 1) {
        if ((await root.locator('.now-line').first().innerText()).includes('settled')) return;
        // Waits while the lab loads what an act needs.
        await button('Step').click();
      }
      throw new Error(`the lab is not settled after ${stepsMax} steps`);
    },
    position: () => root.locator('.now-line').first().innerText(),
  };
}

/** Higher than any lab. */
const wholeLabPx = 6000;

/** What axe finds wrong in the labs of a page: the rule, and the elements. In a window so high that nothing lies half below what sticks to its edges. */
export async function faultsOfLabs(page: Page): Promise<readonly string[]> {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width, height: wholeLabPx });
  const { violations } = await new AxeBuilder({ page })
    .include('lab-player')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  await page.setViewportSize({ width, height });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
