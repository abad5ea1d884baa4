import { markdownToHtml, mdxToMdast } from 'satteri';
import { escapeHtml, inlineMarkup } from '../components/chapter/inline-markup.ts';
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

/** The summary cards in the text of a chapter. Throws for a card without words and for two cards of one id. */
export function summaryCards(mdx: string, base: string): readonly ReviewCard[] {
  const cards = named(mdxToMdast(mdx) as unknown as Node, 'Card').map((node): ReviewCard => {
    const front = attribute(node, 'front') ?? '';
    const plain = front.replace(/[`*]/g, '');
    // A component in an answer, such as <Term>, stands for the words in it.
    const text = inside(mdx, node).replace(/<\/?[A-Z][^>]*>/g, '');
    const { html } = markdownToHtml(text.trim(), { mdastPlugins: [baseLinks(() => base)] });
    if (plain === '' || html === '') throw new Error(`A summary card has no ${plain === '' ? 'question' : 'answer'}: ${plain || text}`);
    return { id: `card/${attribute(node, 'id') ?? cardId(plain)}`, front: inlineMarkup(front), back: html };
  });
  const ids = cards.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`Two summary cards have the id "${twice}"; give one of them an id of its own: <Card id="…">`);
  return cards;
}

const listed = (tag: 'ul' | 'ol', items: readonly string[]): string => `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;

/** A question of the quiz as a card: its options (or a field) in front, what is right and why behind. */
export function questionCard({ id, kind, prompt, section, options, typed, lab }: Question): ReviewCard {
  const because = options
    .filter(({ right }) => right)
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0))
    .map(({ text, why }) => `${typed ? `<code>${escapeHtml(text)}</code>` : `<b>${inlineMarkup(text)}</b>`}<br>${inlineMarkup(why)}`);
  const choice = listed(
    'ul',
    options.map(({ text }) => inlineMarkup(text)),
  );
  const back = listed(kind === 'order' ? 'ol' : 'ul', because);
  if (!typed || !lab) return { id, section, front: `${inlineMarkup(prompt)}${choice}`, back };
  const { label, lines, judge } = typed;
  return { id, section, front: inlineMarkup(prompt), back, typed: { label, lines, by: { lab: lab.id, scenario: lab.scenario, judge } } };
}
