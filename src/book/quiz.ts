import { attributeOf, findAll, findFirst, isA, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';
import { onPaper } from './on-paper.ts';

/** The questions of a chapter, and apart from them their answers: who turns the pages should not read the one beside the other. */
export interface Questions {
  readonly asked: readonly PageNode[];
  readonly answered: readonly PageNode[];
}

/** What an option is called: a, b, c … */
export const letterOf = (index: number): string => String.fromCharCode(97 + index);

function promptOf(question: PageElement): readonly PageNode[] {
  const legend = findFirst(question.children, 'legend');
  return onPaper((legend?.children ?? []).filter((child) => !isA(child, 'small')));
}

/** "Question 3 of 16, choose one" without the counting. */
function taskOf(question: PageElement): string {
  return plainLine(findFirst(findFirst(question.children, 'legend')?.children ?? [], 'small')).replace(/^Question \d+ of \d+, /, '');
}

/** The words of an option without the reason. */
const optionText = (option: PageElement): readonly PageNode[] => onPaper(option.children.filter((child) => !isA(child, '.why'))).flatMap(unlabelled);
const unlabelled = (node: PageNode): readonly PageNode[] => (typeof node !== 'string' && node.name === 'label' ? node.children : [node]);

function askedOf(question: PageElement, index: number): PageElement {
  const id = attributeOf(question, 'id') ?? `question-${index + 1}`;
  const isTyped = attributeOf(question, 'dataKind') === 'input';
  const options = isTyped ? [] : findAll(question.children, '.opt');
  const listed = options.map((option, place) => element('li', [element('span.letter', [`${letterOf(place)}) `]), ...optionText(option)]));
  const heading = element('p.ask', [
    element('b', [`${index + 1}. `]),
    ...promptOf(question),
    ' ',
    element('span.how', [`(${taskOf(question)}; `, element('a', ['answer'], { href: `#${id}-answer` }), ')']),
  ]);
  return element('div.question-of', [heading, ...(listed.length > 0 ? [element('ul.options', listed)] : [])], { id });
}

/** Right options first where an order is asked: in their order. */
function inOrder(question: PageElement): readonly { readonly option: PageElement; readonly letter: string }[] {
  const all = findAll(question.children, '.opt').map((option, index) => ({ option, letter: letterOf(index) }));
  if (attributeOf(question, 'dataKind') !== 'order') return all;
  const placeOf = (option: PageElement): number => Number(attributeOf(option, 'dataPlace') ?? Infinity);
  return all.toSorted((a, b) => placeOf(a.option) - placeOf(b.option));
}

function answerOf(question: PageElement, index: number): PageElement {
  const id = attributeOf(question, 'id') ?? `question-${index + 1}`;
  const isTyped = attributeOf(question, 'dataKind') === 'input';
  const answers = inOrder(question).map(({ option, letter }) => {
    const why = onPaper(findFirst(option.children, '.why')?.children ?? []);
    return element('li', isTyped ? [...optionText(option), ' ', ...why] : [element('span.letter', [`${letter}) `]), ...why]);
  });
  const again = findFirst(question.children, '.again');
  const section = attributeOf(again, 'href');
  const rest = findAll(question.children, 'a').filter((link) => link !== again);
  const ways: PageNode[] = [element('a', ['Question'], { href: `#${id}` })];
  if (section !== undefined) ways.push(' · ', element('a', ['The section that teaches it'], { href: section }));
  for (const link of rest) ways.push(' · ', ...onPaper([link]));
  return element(
    'div.answer-of',
    [element('p.ask', [element('b', [`${index + 1}. `]), ...promptOf(question)]), element('ul.options', answers), element('p.way', ways)],
    { id: `${id}-answer` },
  );
}

/** The quiz of a chapter as questions and answers. */
export function questionsOf(quiz: PageElement): Questions {
  const questions = findAll(quiz.children, '.quiz-item');
  return { asked: questions.map(askedOf), answered: questions.map(answerOf) };
}
