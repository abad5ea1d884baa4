import cardStyle from '../../../styles/field-help.css?url';
import { codeWords, element } from '../../../dom/element.ts';
import { loadStyle } from '../../../dom/style-sheet.ts';
import type { FieldCard } from './cards.ts';

const line = (className: string, ...children: readonly (Node | string)[]): HTMLParagraphElement => element('p', { class: className }, ...children);

/** The card of a page. It is made once, with its stylesheet, and moves from listing to listing. */
export interface Card {
  readonly box: HTMLElement;
  /** Shows a field; `place` says which of how many. On a walk it is said aloud, otherwise when the card takes the focus. */
  readonly show: (field: FieldCard, place: readonly [at: number, of: number], isWalk: boolean) => void;
}

function contentOf({ path, facts, is, values, without, links }: FieldCard): readonly HTMLElement[] {
  // A long path is broken at its dots.
  const name = element('b', { class: 'path' }, ...path.split(/(?=\.)/).flatMap((step) => [element('wbr'), step]));
  const codes = (values ?? []).flatMap((value, index) => [index === 0 ? '' : ', ', element('code', {}, value)]);
  const others = links.map(([label, href]) => element('li', {}, element('a', { href }, label)));
  return [
    name,
    line('kind-of', facts, ...(without === undefined ? [] : ['; left out here, it is ', element('code', {}, without)])),
    line('is', ...codeWords(is)),
    ...(codes.length > 0 ? [line('values', 'Values: ', ...codes)] : []),
    element('ul', {}, ...others),
  ];
}

/** What is said of a field: all but the links, as one text. */
const spoken = (text: Element, place: string): string => [...[...text.children].filter((each) => !each.matches('ul')).map(sentenceOf), place].join(' ');
const sentenceOf = ({ textContent }: Element): string => textContent.replace(/[^.]$/u, '$&.');

/** Makes the card; resolves when its sheet is there, so that nothing is seen without it. `act` hears the names of pressed buttons. */
export async function makeCard(act: (name: 'back' | 'on' | 'close') => void): Promise<Card> {
  const text = element('div');
  // As one text: of the several parts that are seen Orca says only the last.
  const said = element('p', { class: 'sr', 'aria-live': 'polite' });
  const count = element('span');
  const button = (name: 'back' | 'on' | 'close', sign: string, label: string): HTMLButtonElement => {
    const made = element('button', { type: 'button', class: 'btn bare', 'aria-label': label }, sign);
    made.addEventListener('click', () => {
      act(name);
    });
    return made;
  };
  const steps = element(
    'div',
    { class: 'steps' },
    button('back', '↑', 'Previous field'),
    button('on', '↓', 'Next field'),
    count,
    button('close', '✕', 'Close'),
  );
  // Not a dialog: of one that takes the focus Orca reads the lines, and takes its first link for read when Tab comes to it.
  const box = element('div', { class: 'field-card', popover: 'manual', role: 'group', tabindex: '-1' }, text, steps, said);
  await loadStyle(cardStyle);
  return {
    box,
    show: (field, [at, of], isWalk) => {
      // A link that has the focus goes away with the field that it belongs to.
      if (text.contains(document.activeElement)) box.focus({ preventScroll: true });
      text.replaceChildren(...contentOf(field));
      count.textContent = `${at + 1} of ${of}`;
      box.ariaLabel = spoken(text, count.textContent);
      said.textContent = isWalk ? box.ariaLabel : '';
    },
  };
}
