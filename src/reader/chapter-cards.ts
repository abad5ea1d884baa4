import { markdownToHtml, mdxToMdast } from 'satteri';
import { inlineMarkup } from '../components/chapter/inline-markup.ts';
import type { Question } from '../components/chapter/quiz/quiz.ts';
import { baseLinks } from '../md-plugins/base-links.ts';
import { cardId } from './card-id.ts';
import type { ReviewCard } from './review-card.ts';

// For the build only: reads what chapters say once, so that the review does not need their pages.

interface Node {
  readonly type: string;
  readonly name?: string | null;
  readonly attributes?: readonly { readonly type: string; readonly name?: string; readonly value?: unknown }[];
  readonly children?: readonly Node[];
  readonly position?: { readonly start: { readonly offset?: number | undefined }; readonly end: { readonly offset?: number | undefined } } | undefined;
}

const attribute = (node: Node, name: string): string | undefined => {
  const value = node.attributes?.find((each) => each.name === name)?.value;
  return typeof value === 'string' ? value : undefined;
};

const named = (node: Node, name: string): readonly Node[] => (node.name === name ? [node] : (node.children ?? []).flatMap((child) => named(child, name)));

/** The text between the tags of a card. */
function inside(mdx: string, { children = [] }: Node): string {
  const from = children[0]?.position?.start.offset;
  const to = children.at(-1)?.position?.end.offset;
  return from === undefined || to === undefined ? '' : mdx.slice(from, to);
}

// A card takes ten seconds: eight to read both sides, two to think. People read 238 words of English prose a minute (Brysbaert 2019), or 24 characters a second.
const lettersMax = 190;

/** The card, if it is short enough. Throws with what there is to cut. */
function quick(card: ReviewCard): ReviewCard {
  const letters = [card.front, card.back]
    .join('')
    .replace(/<[^>]*>/g, '')
    .replace(/&\w+;/g, '&').length;
  if (letters <= lettersMax) return card;
  throw new Error(`The card "${card.id}" has ${letters} letters in front and behind; what can be answered in ten seconds has at most ${lettersMax}.`);
}

/** The summary cards in the text of a chapter. Throws for a card without words, for a long one and for two cards of one id. */
export function summaryCards(mdx: string, base: string): readonly ReviewCard[] {
  const cards = named(mdxToMdast(mdx) as unknown as Node, 'Card').map((node): ReviewCard => {
    const front = attribute(node, 'front') ?? '';
    const plain = front.replace(/[`*]/g, '');
    // A component in an answer, such as <Term>, stands for the words in it.
    const text = inside(mdx, node).replace(/<\/?[A-Z][^>]*>/g, '');
    const { html } = markdownToHtml(text.trim(), { mdastPlugins: [baseLinks(() => base)] });
    if (plain === '' || html === '') throw new Error(`A summary card has no ${plain === '' ? 'question' : 'answer'}: ${plain || text}`);
    return quick({ id: `card/${attribute(node, 'id') ?? cardId(plain)}`, front: inlineMarkup(front), back: html });
  });
  const ids = cards.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`Two summary cards have the id "${twice}"; give one of them an id of its own: <Card id="…">`);
  return cards;
}

/** A question of the quiz as a card: short enough to be one of many, so it asks without the choices. Throws for a long one. */
export function questionCard({ id, section, card }: Question): ReviewCard {
  return quick({ id, section, front: inlineMarkup(card.front), back: `<p>${inlineMarkup(card.back)}</p>` });
}
