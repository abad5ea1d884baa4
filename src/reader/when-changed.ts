import { onOtherTab, type Thing } from './storage.ts';

/** Shows what this browser remembers: now, when another tab has changed it, and when the page comes back out of the browser's memory. */
export function showAndFollow(things: readonly Thing<object>[], show: () => void): void {
  show();
  onOtherTab(things, show);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) show();
  });
}
