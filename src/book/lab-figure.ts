import { attributeOf, childrenOf, findAll, findFirst, isA, plainLine, readTree, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';
import { addressOf, onPaper } from './on-paper.ts';

/** What the file of a scenario tells beyond the page: what readers are shown after they have acted. */
export interface ScenarioFile {
  readonly predict?: { readonly question: string; readonly options: readonly { readonly text: string; readonly right: boolean; readonly why: string }[] };
  readonly kind: string;
  readonly after?: string;
  readonly goals: readonly { readonly text: string }[];
  readonly hints: readonly string[];
  readonly solutions: readonly { readonly title: string }[];
}

/** A lab of a chapter on its way into the book. */
export interface ShownLab {
  readonly player: PageElement;
  readonly scenario: ScenarioFile;
  /** Its settled picture: drawn, or as an image. */
  readonly picture: readonly PageNode[];
}

const isChallenge = ({ kind }: ScenarioFile): boolean => kind === 'challenge';

/** A text in which back-ticks enclose code. */
function words(text: string): readonly PageNode[] {
  return text.split(/(`[^`]+`)/).flatMap((piece) => (piece === '' ? [] : [/^`[^`]+`$/.test(piece) ? element('code', [piece.slice(1, -1)]) : piece]));
}

/** Address of the lab's own page: `/labs/dns-search/#scenario=…`. */
export const labLink = (player: PageElement): string =>
  addressOf(findAll(findFirst(player.children, '.lab-head')?.children ?? [], 'a').find((link) => !isA(link, '.truth')));

const headingOf = (player: PageElement): PageElement | undefined => findFirst(findFirst(player.children, '.lab-head')?.children ?? [], 'h2', 'h3', 'h4');

/** Its name in the page: "A Service next door". */
export const labTitle = (player: PageElement): string => plainLine(headingOf(player));

/** The anchor of a lab in its document. */
export const labAnchor = (player: PageElement): string => `lab-${attributeOf(headingOf(player), 'id') ?? ''}`;

/** How the run ends, in words and in the table that counts. */
const outcomeOf = (player: PageElement): readonly PageNode[] => onPaper(findFirst(player.children, '.without-script')?.children ?? []).map(withBreaks);

/** Lets a long name break after its dots, so that it does not take the width of a table; addresses stay whole. */
function withBreaks(node: PageNode): PageNode {
  if (typeof node === 'string') return node;
  if (node.name !== 'code') return { ...node, children: node.children.map(withBreaks) };
  const pieces = node.children.flatMap((child): readonly PageNode[] => (typeof child === 'string' ? child.split(/(?<=\.)(?=[a-z])/i) : [child]));
  return { ...node, children: pieces.flatMap((piece, index): readonly PageNode[] => (index > 0 ? [element('wbr', []), piece] : [piece])) };
}

/** What the picture shows, in a sentence: the alternative for its image. */
export const labOutcome = (player: PageElement): string => plainLine(findFirst(findFirst(player.children, '.without-script')?.children ?? [], 'p'));

function predictionOf({ predict }: ScenarioFile): readonly PageNode[] {
  if (predict === undefined) return [];
  const options = predict.options.map(({ text }) => element('li', words(text)));
  return [element('p.predict-of', [element('b', ['Predict. ']), ...words(predict.question)]), element('ul.options.plain', options)];
}

function goalsOf(scenario: ScenarioFile): readonly PageNode[] {
  const { goals } = scenario;
  if (!isChallenge(scenario) || goals.length === 0) return [];
  return [
    element('p.lab-goals', ['It is done when']),
    element(
      'ul.plain',
      goals.map(({ text }) => element('li', words(text))),
    ),
  ];
}

function afterOf({ predict, after }: ScenarioFile): readonly PageNode[] {
  const right = predict?.options.filter((option) => option.right) ?? [];
  const answers = right.map(({ text, why }) => element('p', [element('b', ['What is right: ']), ...words(text), '. ', ...words(why)]));
  return [...answers, ...(after === undefined ? [] : [element('p', words(after))])];
}

/** A lab as figure and words: its question, what to predict, the picture in which the run ends, what that means. */
export function labFigure({ player, scenario, picture }: ShownLab): PageElement {
  const name = plainLine(findAll(findFirst(player.children, '.lab-head')?.children ?? [], 'a').find((link) => !isA(link, '.truth'))).replace(
    /^Full size: /,
    '',
  );
  const task = onPaper(findFirst(player.children, '.question')?.children ?? []);
  const way = isChallenge(scenario) ? [element('p.way', [element('a', ['Hints and solutions'], { href: `#${labAnchor(player)}-solution` })])] : [];
  const truth = plainLine(findFirst(player.children, '.truth'));
  // Without recordings the badge is only the way to what is simulated.
  const caption = [element('b', ['How it ends if nobody changes anything. ']), ...(truth.includes('recorded') ? [`${truth}.`] : [])];
  return element(
    'section.lab-of',
    [
      element('p.lab-kind', ['Lab: ', element('a.live', [name], { href: labLink(player) })]),
      element('p.lab-name', [labTitle(player)], { id: `${labAnchor(player)}-name` }),
      element('p', task),
      ...predictionOf(scenario),
      ...goalsOf(scenario),
      element('figure.lab-figure', [element('div.lab-picture', picture), element('figcaption', caption)]),
      element('div.outcome', outcomeOf(player)),
      // What a challenge teaches would give its solution away.
      ...(isChallenge(scenario) ? [] : afterOf(scenario)),
      ...way,
    ],
    { id: labAnchor(player), ariaLabelledBy: [`${labAnchor(player)}-name`] },
  );
}

/** The hints of a challenge and what solves it, for the answers at the end of the chapter. */
export function labSolution({ player, scenario }: ShownLab): readonly PageNode[] {
  if (!isChallenge(scenario)) return [];
  const hints = scenario.hints.map((hint) => element('li', words(hint)));
  const solutions = scenario.solutions.map(({ title }) => element('li', words(title)));
  return [
    element(
      'div.answer-of',
      [
        element('p.ask', [element('b', [labTitle(player)])]),
        ...(hints.length > 0 ? [element('p', ['Hints:']), element('ol', hints)] : []),
        element('p', [solutions.length === 1 ? 'What solves it:' : 'Each of these solves it:']),
        element('ul.plain', solutions),
        ...afterOf(scenario),
        element('p.way', [element('a', ['Challenge'], { href: `#${labAnchor(player)}` })]),
      ],
      { id: `${labAnchor(player)}-solution` },
    ),
  ];
}

/** What a browser drew, as the book holds it: nothing in it can be pressed. */
export function drawnPicture(html: string): readonly PageNode[] {
  const pressable = (node: PageNode): PageNode => {
    if (typeof node === 'string') return node;
    const children = node.children.map(pressable);
    return node.name === 'button' ? { ...node, name: 'span', classes: [...node.classes, 'was-button'], attributes: {}, children } : { ...node, children };
  };
  return onPaper(childrenOf(element('div', bodyOf(html)), 'div').map(pressable), (node) => (isA(node, '.dump') ? [] : undefined));
}

/** What stands in a piece of HTML, without the page that a parser puts around it. */
export function bodyOf(html: string): readonly PageNode[] {
  return findFirst(readTree(html), 'body')?.children ?? [];
}
