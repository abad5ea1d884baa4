import { element } from './element.ts';

/** Gives the page one more stylesheet; resolves when it is there, or cannot be: without its look a thing still works. */
export function loadStyle(href: string): Promise<void> {
  return new Promise((resolve) => {
    const sheet = element('link', { rel: 'stylesheet', href });
    const end = (): void => {
      resolve();
    };
    sheet.addEventListener('load', end);
    sheet.addEventListener('error', end);
    document.head.append(sheet);
  });
}
