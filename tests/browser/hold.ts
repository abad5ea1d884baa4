import type { Page } from 'playwright-core';

/** Holds back the requests of a page for such addresses until the function that comes back is called. */
export async function hold(page: Page, address: RegExp): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
