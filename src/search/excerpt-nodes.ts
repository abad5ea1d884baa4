import { element } from '../dom/element.ts';

/** The nodes of an excerpt: its text and its marks, whatever else may stand in it. */
export function excerptNodes(excerpt: string): readonly (Node | string)[] {
  const parsed = new DOMParser().parseFromString(excerpt, 'text/html').body;
  return [...parsed.childNodes].flatMap((node): readonly (Node | string)[] => {
    const text = node.textContent ?? '';
    if (node.nodeName !== 'MARK') return [text];
    // Pagefind marks a word with the punctuation behind it.
    const end = /[.,;:!?)]+$/.exec(text)?.[0] ?? '';
    return [element('mark', {}, text.slice(0, text.length - end.length)), end];
  });
}
