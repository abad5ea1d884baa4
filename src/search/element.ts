type Child = Node | string;

/** Makes an element with attributes and children; `true` stands for an attribute without a value, `undefined` for none. Text stays text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | true | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
}

/** The nodes of an excerpt: its text and its marks, whatever else may stand in it. */
export function excerptNodes(excerpt: string): readonly Child[] {
  const parsed = new DOMParser().parseFromString(excerpt, 'text/html').body;
  return [...parsed.childNodes].flatMap((node): readonly Child[] => {
    const text = node.textContent ?? '';
    if (node.nodeName !== 'MARK') return [text];
    // Pagefind marks a word with the punctuation behind it.
    const end = /[.,;:!?)]+$/.exec(text)?.[0] ?? '';
    return [element('mark', {}, text.slice(0, text.length - end.length)), end];
  });
}
