import { escapeText, fenced, inlineOf } from './inline.ts';
import { attributeOf, findAll, findFirst, isA, plainLine, rawText, type PageElement, type PageNode } from './tree.ts';

/** How blocks within a component are written: `blocksOf` of blocks.ts, which asks this file for components in its turn. */
type BlocksOf = (nodes: readonly PageNode[]) => readonly string[];

const lineOf = (node: PageElement | undefined): string => inlineOf(node?.children ?? []).trim();

/** A review card: what it asks, and the answer. */
export function cardOf(card: PageElement, blocksOf: BlocksOf): readonly string[] {
  const summary = findFirst(card.children, 'summary');
  const answer = blocksOf(card.children.filter((child) => child !== summary)).join(' ');
  return [`- **${lineOf(summary)}** ${answer}`];
}

/** One answer of a question: a box, its place where the order is asked, and why it is right or wrong. */
function optionOf(option: PageElement): string {
  const place = attributeOf(option, 'dataPlace');
  const right = option.attributes.dataRight !== undefined;
  const why = lineOf(findFirst(option.children, '.why'));
  const text = inlineOf(option.children.filter((child) => !isA(child, '.why'))).trim();
  const box = place === undefined ? `[${right ? 'x' : ' '}] ` : right ? `(place ${escapeText(place)}) ` : '(does not belong) ';
  return `- ${box}${text}${why === '' ? '' : `\n  ${why}`}`;
}

/** A question of the quiz with its answers and their reasons: all that the page shows when “Show the answer” is opened. */
export function questionOf(question: PageElement, blocksOf: BlocksOf): readonly string[] {
  const legend = findFirst(question.children, 'legend');
  const [note] = findAll(legend?.children ?? [], 'small');
  const prompt = inlineOf((legend?.children ?? []).filter((child) => child !== note)).trim();
  const options = findAll(question.children, '.opt').map(optionOf);
  const rest = findAll(question.children, 'fieldset').flatMap((field) =>
    blocksOf(field.children.filter((child) => child !== legend && !isA(child, '.opts', '.answer', 'label'))),
  );
  const answer = findAll(question.children, '.answer').flatMap((details) => blocksOf(details.children.filter((child) => !isA(child, 'summary'))));
  return [`**${lineOf(note)}.** ${prompt}`, ...(options.length > 0 ? [options.join('\n')] : []), ...rest, ...answer];
}

/** The prediction that a lab asks for, with the answers to choose from. */
function predictionOf(lab: PageElement): readonly string[] {
  const predict = findFirst(lab.children, '.predict');
  const choices = findAll(predict?.children ?? [], '.chip').map((choice) => `- ${lineOf(choice)}`);
  return predict === undefined ? [] : [`Predict: ${lineOf(findFirst(predict.children, 'legend'))}`, ...(choices.length > 0 ? [choices.join('\n')] : [])];
}

/** The texts that the reader may edit and that stand in the page: the open ones. */
function textsOf(lab: PageElement): readonly string[] {
  return findAll(lab.children, 'textarea').flatMap((area) => {
    const id = attributeOf(area, 'id') ?? '';
    const label = findAll(lab.children, 'label').find((candidate) => [candidate.attributes.htmlFor].flat().includes(id));
    const text = rawText(area).replace(/^\n/, '');
    return text.trim() === '' ? [] : [`*${lineOf(label)}*`, fenced(text)];
  });
}

/** A lab as words: its question, what to predict, its texts, and how it ends if nobody changes anything. */
export function labOf(lab: PageElement, blocksOf: BlocksOf): readonly string[] {
  const head = findFirst(lab.children, '.lab-head');
  const name = lineOf(findFirst(head?.children ?? [], 'h2', 'h3', 'h4'));
  const truth = findFirst(head?.children ?? [], '.truth');
  const page = findAll(head?.children ?? [], 'a').find((link) => link !== truth);
  const truths = truth?.name === 'details' ? blocksOf(findAll(truth.children, '.truths')) : plainLine(truth) === '' ? [] : [lineOf(truth)];
  const outcome = findFirst(findAll(lab.children, 'noscript'), 'noscript');
  const ends = blocksOf(
    (outcome?.children ?? []).flatMap((child) => (typeof child === 'string' ? [child] : child.children.filter((piece) => !isA(piece, '.dim')))),
  );
  return [
    `**Lab: ${name}**${page === undefined ? '' : ` ([run it](${attributeOf(page, 'href') ?? ''}))`}`,
    ...findAll(lab.children, '.question').map(lineOf),
    ...predictionOf(lab),
    ...textsOf(lab),
    // Words and tables both begin with the headline.
    ...(ends.length > 0 ? ['How it ends if nobody changes anything:', ...new Set(ends)] : []),
    ...truths,
  ];
}
