import cardStyle from '../../../styles/field-help.css?url';
import type { FieldCard } from './cards.ts';

/** Text between back-ticks becomes code. */
const nodesOf = (text: string): readonly (Node | string)[] => text.split('`').map((piece, index) => (index % 2 === 0 ? piece : element('code', piece)));

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

const line = (className: string, ...children: readonly (Node | string)[]): HTMLParagraphElement => {
  const made = element('p', ...children);
  made.className = className;
  return made;
};

/** The card of a page. It is made once, with its stylesheet, and moves from listing to listing. */
export interface Card {
  readonly box: HTMLElement;
  /** Shows a field; `place` says which of how many. On a walk it is said aloud, otherwise when the card takes the focus. */
  readonly show: (field: FieldCard, place: readonly [at: number, of: number], isWalk: boolean) => void;
}

function contentOf({ path, facts, is, values, without, links }: FieldCard): readonly HTMLElement[] {
  // A long path is broken at its dots.
  const name = element('b', ...path.split(/(?=\.)/).flatMap((step) => [element('wbr'), step]));
  name.className = 'path';
  const codes = (values ?? []).flatMap((value, index) => [index === 0 ? '' : ', ', element('code', value)]);
  const others = links.map(([label, address]) => {
    const link = element('a', label);
    link.href = address;
    return element('li', link);
  });
  return [
    name,
    line('kind-of', facts, ...(without === undefined ? [] : ['; left out here, it is ', element('code', without)])),
    line('is', ...nodesOf(is)),
    ...(codes.length > 0 ? [line('values', 'Values: ', ...codes)] : []),
    element('ul', ...others),
  ];
}

/** What is said of a field: all but the links, as one text. */
const spoken = (text: Element, place: string): string => [...[...text.children].filter((each) => !each.matches('ul')).map(sentenceOf), place].join(' ');
const sentenceOf = ({ textContent }: Element): string => textContent.replace(/[^.]$/u, '$&.');

/** Makes the card; resolves when its sheet is there, so that nothing is seen without it. `act` hears the names of pressed buttons. */
export async function makeCard(act: (name: 'back' | 'on' | 'close') => void): Promise<Card> {
  const text = element('div');
  // As one text: of the several parts that are seen Orca says only the last.
  const said = element('p');
  said.className = 'sr';
  said.ariaLive = 'polite';
  const count = element('span');
  const button = (name: 'back' | 'on' | 'close', sign: string, label: string): HTMLButtonElement => {
    const made = element('button', sign);
    made.type = 'button';
    made.className = 'btn bare';
    made.ariaLabel = label;
    made.addEventListener('click', () => {
      act(name);
    });
    return made;
  };
  const steps = element('div', button('back', '↑', 'Previous field'), button('on', '↓', 'Next field'), count, button('close', '✕', 'Close'));
  steps.className = 'steps';
  const box = element('div', text, steps, said);
  box.className = 'field-card';
  box.popover = 'manual';
  // Not a dialog: of one that takes the focus Orca reads the lines, and takes its first link for read when Tab comes to it.
  box.role = 'group';
  box.tabIndex = -1;
  const sheet = element('link');
  sheet.rel = 'stylesheet';
  sheet.href = cardStyle;
  await new Promise((resolve) => {
    sheet.addEventListener('load', resolve);
    sheet.addEventListener('error', resolve);
    document.head.append(sheet);
  });
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
