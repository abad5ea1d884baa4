import { findAll, findFirst, isA, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import type { BookDocument } from './book.ts';
import { element } from './elements.ts';
import { labFigure, labSolution, type ShownLab } from './lab-figure.ts';
import { factsLine, onPaper, piecesOf } from './on-paper.ts';
import { questionsOf } from './quiz.ts';

/** Finds what a lab of a chapter shows, by its place among the labs of the chapter from 0. */
export type LabOf = (player: PageElement, index: number) => ShownLab;

/** All labs of a chapter’s page, in order. */
export const playersOf = (page: readonly PageNode[]): readonly PageElement[] => findAll(findFirst(page, 'article')?.children ?? [], 'lab-player');

function goalsOf(head: readonly PageNode[]): readonly PageNode[] {
  const goals = findFirst(head, '.goals');
  if (goals === undefined) return [];
  return [element('div.goals-of', [element('p.goals-title', piecesOf(goals.children, 'h2')), element('ul', piecesOf(goals.children, 'ul'))])];
}

/** A chapter of the built site as a document: its text, its labs as figures, the answers to its questions at its end. */
export function readChapter(name: string, page: readonly PageNode[], labOf: LabOf): BookDocument {
  const article = findFirst(page, 'article');
  const [head, prose] = findAll(article?.children ?? [], '.flow');
  if (!head || !prose) throw new Error(`/${name}/ is no page of a chapter: it has no head or no text.`);
  const title = plainLine(findFirst(head.children, 'h1'));
  const answers: PageNode[] = [];
  const players = playersOf(page);
  const text = onPaper(prose.children, (node) => {
    if (node.name === 'lab-player') {
      const lab = labOf(node, players.indexOf(node));
      answers.push(...labSolution(lab));
      return [labFigure(lab)];
    }
    if (!isA(node, '.quiz')) return undefined;
    const { asked, answered } = questionsOf(node);
    answers.push(...answered);
    return asked;
  });
  return {
    name,
    kind: 'chapter',
    title,
    level: 2,
    body: [
      element('h1', [title]),
      element('p.lead', piecesOf(head.children, '.lead')),
      element('p.facts', factsLine(findFirst(head.children, '.facts')?.children ?? [])),
      ...goalsOf(head.children),
      element('div.prose', text),
      ...(answers.length > 0 ? [element('div.prose.answers', [element('h2', ['Answers'], { id: 'answers' }), ...answers])] : []),
    ],
  };
}
