import { attributeOf, childrenOf, findAll, findFirst, isA, plainLine, withoutOwnLink, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { element, isEmpty } from './elements.ts';
import { isWide, linesOf } from './listing.ts';

/** What a page needs only because it is a page: controls, ways through the site, what is meant for another medium. */
const left = ['script', 'link', 'style', 'button', 'input', 'nav', 'noscript', '.sr', '.tab-list', '.quiz-steps', '.again', '.asks'];

/** Attributes that mean something on paper, too. All others steer scripts, focus or search. */
const kept = new Set(['id', 'href', 'src', 'alt', 'colSpan', 'rowSpan', 'scope', 'start', 'ariaHidden', 'lang', 'headers']);
const never = /^(?:tabIndex|on|data(?!Kind$))/;

/** Makes of a component what stands for it in the book; undefined: it is an element like any other. */
export type Component = (node: PageElement) => readonly PageNode[] | undefined;

function attributesOf({ attributes }: PageElement, inDrawing: boolean): PageElement['attributes'] {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => (inDrawing ? !never.test(name) : kept.has(name))));
}

/** An icon draws a symbol that stands elsewhere in the page, and says nothing. */
const isIcon = (node: PageElement): boolean => node.name === 'svg' && findFirst(node.children, 'use') !== undefined;

/** Opens a listing in a lab: a control in the form of a link. */
const isOpener = (node: PageElement): boolean => node.name === 'a' && node.attributes.dataOpen !== undefined;

/** Review cards: question and answer as a list of meanings. */
function cardsOf(cards: PageElement, turn: (nodes: readonly PageNode[]) => readonly PageNode[]): PageElement {
  const pairs = childrenOf(cards, '.card').flatMap((card) => {
    const summary = findFirst(card.children, 'summary');
    const answer = card.children.filter((child) => child !== summary);
    return [element('dt', turn(summary?.children ?? [])), element('dd', turn(answer))];
  });
  return element('dl.cards-list', pairs);
}

function detailsOf(details: PageElement, turn: (nodes: readonly PageNode[]) => readonly PageNode[]): PageElement {
  const summary = findFirst(details.children, 'summary');
  const inside = turn(details.children.filter((child) => child !== summary));
  return element('div.opened', [element('p.opened-title', turn(summary?.children ?? [])), ...inside]);
}

/** A listing line by line; one whose columns are wide says so. */
function listingOf(pre: PageElement, children: readonly PageNode[]): PageElement {
  const code = children.find((child): child is PageElement => isA(child, 'code'));
  const lines = linesOf(code?.children ?? children);
  const classes = isWide(lines) ? [...pre.classes, 'wide-lines'] : pre.classes;
  return { name: 'pre', classes, attributes: attributesOf(pre, false), children: code === undefined ? lines : [{ ...code, children: lines }] };
}

/**
 * Pieces of a built page as they stand in a book: without controls, all that opens opened, components as `component` has it. Ids and links stay as they are.
 */
export function onPaper(nodes: readonly PageNode[], component: Component = () => undefined, inDrawing = false): readonly PageNode[] {
  const turn = (inside: readonly PageNode[]): readonly PageNode[] => onPaper(inside, component, inDrawing);
  return nodes.flatMap((node): readonly PageNode[] => {
    if (typeof node === 'string') return [node];
    if (isA(node, ...left) || isIcon(node) || isOpener(node) || node.attributes.hidden !== undefined) return [];
    const own = component(node);
    if (own !== undefined) return own;
    if (isA(node, '.cards')) return [cardsOf(node, turn)];
    if (node.name === 'details') return [detailsOf(node, turn)];
    const isDrawing = inDrawing || node.name === 'svg';
    const children = onPaper(withoutOwnLink(node), component, isDrawing);
    // Captions of listings hold their buttons only.
    if (node.name === 'figcaption' && isEmpty(children)) return [];
    const name = isA(node, '.said', '.note') && node.name === 'div' ? 'aside' : node.name;
    if (name === 'pre') return [listingOf(node, children)];
    return [{ name, classes: node.classes, attributes: attributesOf(node, isDrawing), children }];
  });
}

/** The words of the first element that fits, turned for paper; nothing where there is none. */
export function piecesOf(nodes: readonly PageNode[], ...names: readonly string[]): readonly PageNode[] {
  return onPaper(findFirst(nodes, ...names)?.children ?? []);
}

/** Short facts that the page sets apart by space, in one line. */
export function factsLine(nodes: readonly PageNode[]): readonly PageNode[] {
  const facts = findAll(nodes, 'span').filter((fact) => plainLine(fact) !== '');
  return facts.flatMap((fact, index) => [...(index > 0 ? [' · '] : []), ...onPaper(fact.children)]);
}

/** The address of a link. */
export const addressOf = (node: PageElement | undefined): string => attributeOf(node, 'href') ?? '';
