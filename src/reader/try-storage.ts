import { keepText } from './storage.ts';

/** Finds out whether anything can be kept, so that the page says at once if not. For the pages about what is kept: others hear of it when they keep something. */
export function tryStorage(): void {
  keepText('kubestep:try', '1');
  keepText('kubestep:try', null);
}
