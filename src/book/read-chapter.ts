import { findAll, findFirst, isA, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import type { BookDocument } from './book.ts';
import { challengeOf, givenOf, scenarioLinked, solutionsOf, type Challenge } from './challenge.ts';
import { element } from './elements.ts';
import { isChallenge, labAnchor, labFigure, type ScenarioFile } from './lab-figure.ts';
import type { PlayableLab } from './labs.ts';
import { factsLine, onPaper, piecesOf } from './on-paper.ts';
import { questionsOf } from './quiz.ts';

/** What a chapter takes from elsewhere. */
export interface ChapterSources {
  /** The settled picture of a lab, by its place among the labs of the chapter from 0. */
  readonly pictureOf: (player: PageElement, index: number) => readonly PageNode[];
  /** The scenario that a player shows. */
  readonly shownBy: (player: PageElement) => { readonly path: string; readonly lab: string; readonly scenario: ScenarioFile };
  readonly scenarioOf: (lab: string, scenario: string) => ScenarioFile;
  readonly playable: (lab: string) => PlayableLab;
  /** Says that a scenario of a lab stands at an anchor of this chapter; false: it stands in the book already. */
  readonly take: (path: string, anchor: string) => boolean;
}

/** All labs of a chapter’s page, in order. */
const playersOf = (page: readonly PageNode[]): readonly PageElement[] => findAll(findFirst(page, 'article')?.children ?? [], 'lab-player');

function goalsOf(head: readonly PageNode[]): readonly PageNode[] {
  const goals = findFirst(head, '.goals');
  if (goals === undefined) return [];
  return [element('div.goals-of', [element('p.goals-title', piecesOf(goals.children, 'h2')), element('ul', piecesOf(goals.children, 'ul'))])];
}

/** The challenges that a text links and does not show, each with its link. */
function linkedChallenges(text: readonly PageNode[], { scenarioOf, playable, take }: ChapterSources): readonly (Challenge & { readonly link: string })[] {
  return findAll(text, 'a').flatMap((link) => {
    const linked = scenarioLinked(link);
    if (linked === undefined) return [];
    const { path, lab, scenario: id } = linked;
    const scenario = scenarioOf(lab, id);
    const anchor = `challenge-${lab}-${id}`;
    if (!isChallenge(scenario) || !take(path, anchor)) return [];
    return [{ scenario, playable: playable(lab), anchor, link: String(link.attributes.href) }];
  });
}

const section = (id: string, title: string, inside: readonly PageNode[]): readonly PageNode[] =>
  inside.length === 0 ? [] : [element(`div.prose.${id}`, [element('h2', [title], { id }), ...inside])];

/** A chapter of the built site as a document: its text, its labs as figures, the challenges that it links, and at its end answers and solutions. */
export function readChapter(name: string, page: readonly PageNode[], sources: ChapterSources): BookDocument {
  const article = findFirst(page, 'article');
  const [head, prose] = findAll(article?.children ?? [], '.flow');
  if (!head || !prose) throw new Error(`/${name}/ is no page of a chapter: it has no head or no text.`);
  const title = plainLine(findFirst(head.children, 'h1'));
  const answers: PageNode[] = [];
  const players = playersOf(page);
  const challenges: Challenge[] = [];
  for (const player of players) sources.take(sources.shownBy(player).path, labAnchor(player));
  const linked = linkedChallenges(prose.children, sources);
  const text = onPaper(prose.children, (node) => {
    if (node.name === 'lab-player') {
      const { lab, scenario } = sources.shownBy(node);
      const challenge = { scenario, playable: sources.playable(lab), anchor: labAnchor(node) };
      if (isChallenge(scenario)) challenges.push(challenge);
      const given = isChallenge(scenario) ? givenOf(challenge) : [];
      return [labFigure({ player: node, scenario, picture: sources.pictureOf(node, players.indexOf(node)), given })];
    }
    if (!isA(node, '.quiz')) return undefined;
    const { asked, answered } = questionsOf(node);
    answers.push(...answered);
    return asked;
  });
  const asked = linked.map((challenge) => challengeOf(challenge, challenge.link));
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
      ...section('challenges', 'Challenges', asked),
      ...section('answers', 'Answers', answers),
      ...section('solutions', 'Solutions', [...challenges, ...linked].map(solutionsOf)),
    ],
  };
}
