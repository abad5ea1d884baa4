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

/** Text whose pieces between back-ticks are code. */
export const codeWords = (text: string): readonly Child[] => text.split('`').map((piece, index) => (index % 2 === 0 ? piece : element('code', {}, piece)));
