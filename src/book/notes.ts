import type { PageElement, PageNode } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';

/** Numbered notes of a document: what the words of a link alone do not tell. What is named twice has one number. */
export class Notes {
  readonly #numbers = new Map<string, { readonly number: number; readonly words: readonly PageNode[] }>();

  /** The number of a note, as it stands behind the words. `key` says whether two notes are the same. */
  refer(key: string, words: readonly PageNode[]): PageElement {
    const known = this.#numbers.get(key);
    const number = known?.number ?? this.#numbers.size + 1;
    if (known === undefined) this.#numbers.set(key, { number, words });
    const id = known === undefined ? { id: `note-${number}-at` } : {};
    return element('sup.note-at', [element('a', [String(number)], { href: `#note-${number}`, role: 'doc-noteref', ...id })]);
  }

  /** The notes as a section; nothing where there are none. */
  section(): readonly PageElement[] {
    if (this.#numbers.size === 0) return [];
    const notes = [...this.#numbers.values()].map(({ number, words }) =>
      element('li', [element('a.note-number', [String(number)], { href: `#note-${number}-at`, role: 'doc-backlink' }), ' ', ...words], {
        id: `note-${number}`,
      }),
    );
    return [element('section.notes', [element('h2', ['Notes'], { id: 'notes' }), element('ol.note-list', notes)], { role: 'doc-endnotes' })];
  }
}
