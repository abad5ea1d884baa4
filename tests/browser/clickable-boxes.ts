import type { CDPSession, Page } from 'playwright-core';

/** Elements that listen for clicks though they are no controls: NVDA and Orca say "clickable" at every text that such an element holds. Chromium only. */
export async function clickableBoxes(page: Page, within: string): Promise<readonly string[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', {
    expression: `[...document.querySelectorAll('${within}, ${within} *')].filter((each) => !each.matches('a, button, input, select, textarea, summary, label'))`,
  });
  const { result: entries } = await session.send('Runtime.getProperties', { objectId: result.objectId ?? '', ownProperties: true });
  const faults: string[] = [];
  for (const { value, name } of entries) {
    if (value?.objectId === undefined || !/^\d+$/u.test(name)) continue;
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: value.objectId });
    const heard = listeners.filter(({ type }) => /^(?:click|mousedown|mouseup)$/u.test(type));
    if (heard.length > 0) faults.push(`${value.description ?? ''}: ${heard.map(({ type }) => type).join(' ')}`);
  }
  return faults;
}
