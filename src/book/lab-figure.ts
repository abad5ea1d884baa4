import type { PageScenario } from '../lab-player/page-scenario.ts';
import { attributeOf, childrenOf, findAll, findFirst, isA, plainLine, readTree, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';
import { addressOf, onPaper } from './on-paper.ts';
import { letterOf } from './quiz.ts';

/** What the file of a scenario tells beyond the page: what readers are shown after they have acted. */
export type ScenarioFile = Omit<PageScenario, 'start' | 'diagnoses'>;

/** A lab of a chapter on its way into the book. */
export interface ShownLab {
  readonly player: PageElement;
  readonly scenario: ScenarioFile;
  /** Its settled picture: drawn, or as an image. */
  readonly picture: readonly PageNode[];
  /** What a challenge gives its reader beside its goals, and the way to its solutions. */
  readonly given: readonly PageNode[];
}

/** Whether a scenario asks to be solved. */
export const isChallenge = ({ kind }: Pick<ScenarioFile, 'kind'>): boolean => kind === 'challenge';

/** A text in which back-ticks enclose code. */
export function words(text: string): readonly PageNode[] {
  return text.split(/(`[^`]+`)/).flatMap((piece) => (piece === '' ? [] : [/^`[^`]+`$/.test(piece) ? element('code', [piece.slice(1, -1)]) : piece]));
}

/** Address of the lab's own page: `/labs/dns-search/#scenario=…`. */
export const labLink = (player: PageElement): string =>
  addressOf(findAll(findFirst(player.children, '.lab-head')?.children ?? [], 'a').find((link) => !isA(link, '.truth')));

/** The scenario that a player shows: its page and address below the base, its lab and its id. Throws when its link leads to none. */
export function shownScenario(player: PageElement): { readonly path: string; readonly lab: string; readonly scenario: string } {
  const [path, lab, scenario] = /labs\/([^/]+)\/#scenario=([^&]+)/.exec(labLink(player)) ?? [];
  if (path === undefined || lab === undefined || scenario === undefined) throw new Error(`A lab links to "${labLink(player)}", which is no scenario.`);
  return { path, lab, scenario };
}

const headingOf = (player: PageElement): PageElement | undefined => findFirst(findFirst(player.children, '.lab-head')?.children ?? [], 'h2', 'h3', 'h4');

/** Its name in the page: "A Service next door". */
export const labTitle = (player: PageElement): string => plainLine(headingOf(player));

/** The anchor of a lab in its document. */
export const labAnchor = (player: PageElement): string => `lab-${attributeOf(headingOf(player), 'id') ?? ''}`;

/** How the run ends, in words and in the table that counts. */
const outcomeOf = (player: PageElement): readonly PageNode[] => onPaper(findFirst(player.children, '.without-script')?.children ?? []).map(withBreaks);

/** Signs of a long name that stay together in a table. */
const pieceMax = 22;

/** Lets a long name break after its dots, so that it does not take the width of a table; addresses and short names stay whole. */
function withBreaks(node: PageNode): PageNode {
  if (typeof node === 'string') return node;
  if (node.name !== 'code') return { ...node, children: node.children.map(withBreaks) };
  const pieces = node.children.flatMap((child): readonly PageNode[] => (typeof child === 'string' ? brokenName(child) : [child]));
  return { ...node, children: pieces.flatMap((piece, index): readonly PageNode[] => (index > 0 ? [element('wbr', []), piece] : [piece])) };
}

const brokenName = (name: string): readonly string[] =>
  name.split(/(?<=\.)(?=[a-z])/i).reduce<readonly string[]>((pieces, label) => {
    const last = pieces.at(-1);
    return last !== undefined && last.length + label.length <= pieceMax ? [...pieces.slice(0, -1), last + label] : [...pieces, label];
  }, []);

/** What the picture shows, in a sentence: the alternative for its image. */
export const labOutcome = (player: PageElement): string => plainLine(findFirst(findFirst(player.children, '.without-script')?.children ?? [], 'p'));

function predictionOf({ predict }: ScenarioFile): readonly PageNode[] {
  if (predict === undefined) return [];
  const options = predict.options.map(({ text }, index) => element('li', [element('span.letter', [`${letterOf(index)}) `]), ...words(text)]));
  return [element('p.predict-of', [element('b', ['Predict. ']), ...words(predict.question)]), element('ul.options', options)];
}

/** When a challenge is done. */
export function goalsOf(scenario: ScenarioFile): readonly PageNode[] {
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

/** What a scenario tells once it is done. */
export function afterOf({ predict, after }: ScenarioFile): readonly PageNode[] {
  const right = predict?.options.filter((option) => option.right) ?? [];
  const answers = right.map(({ text, why }) => element('p', [element('b', ['What is right: ']), ...words(text.replace(/\.$/, '')), '. ', ...words(why)]));
  return [...answers, ...(after === undefined ? [] : [element('p', words(after))])];
}

/** A lab as figure and words: its question, what to predict, the picture in which the run ends, what that means. */
export function labFigure({ player, scenario, picture, given }: ShownLab): PageElement {
  const name = plainLine(findAll(findFirst(player.children, '.lab-head')?.children ?? [], 'a').find((link) => !isA(link, '.truth'))).replace(
    /^Full size: /,
    '',
  );
  const task = onPaper(findFirst(player.children, '.question')?.children ?? []);
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
      ...given,
    ],
    { id: labAnchor(player), ariaLabelledBy: [`${labAnchor(player)}-name`] },
  );
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
