import { plain } from '../lab-player/format.ts';
import { isA, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import { element } from './elements.ts';
import type { PlayableLab } from './labs.ts';
import { afterOf, goalsOf, words, type ScenarioFile } from './lab-figure.ts';
import type { LineChange } from './line-changes.ts';
import { linesOf } from './listing.ts';
import { playSolutions, type PlayedSolution, type SolutionStep } from './solution.ts';

/** A challenge of a chapter: shown as a lab in it, or only linked. */
export interface Challenge {
  readonly scenario: ScenarioFile;
  readonly playable: PlayableLab;
  /** The anchor of what is asked; that of its solution is made from it. */
  readonly anchor: string;
}

/** The anchor of the hints and solutions of a challenge. */
const solutionAnchor = (anchor: string): string => `${anchor}-solution`;

/** Its title without the word that its section says. */
const titleOf = ({ title }: ScenarioFile): string => title.replace(/^Challenge: (.)/, (_, first: string) => first.toUpperCase());

const listing = (label: string, lines: readonly PageNode[]): PageElement =>
  element('figure.code', [element('figcaption', [element('span', [label])]), element('pre', [element('code', lines)])]);

/** The texts that a challenge begins with, as far as there is something in them. */
function textsOf({ scenario, playable }: Challenge): readonly PageNode[] {
  const listings = Object.entries(scenario.texts).flatMap(([part, text]) =>
    text.trim() === '' ? [] : [listing(playable.lab.parts[part]?.label ?? part, linesOf([text.trimEnd()]))],
  );
  return [element('p.lab-goals', ['It begins with']), ...listings];
}

/** What a reader needs to think about a challenge without the site: its texts, and where the hints are. */
export function givenOf(challenge: Challenge): readonly PageNode[] {
  return [...textsOf(challenge), element('p.way', [element('a', ['Hints and solutions'], { href: `#${solutionAnchor(challenge.anchor)}` })])];
}

/** A challenge that the chapter only links: what is asked, what it begins with, when it is done. */
export function challengeOf(challenge: Challenge, link: string): PageElement {
  const { scenario, playable, anchor } = challenge;
  return element(
    'section.lab-of.challenge-of',
    [
      element('p.lab-kind', ['Lab: ', element('a.live', [playable.lab.meta.title], { href: link })]),
      element('p.lab-name', words(titleOf(scenario)), { id: `${anchor}-name` }),
      element('p', words(scenario.task)),
      ...goalsOf(scenario),
      ...givenOf(challenge),
    ],
    { id: anchor, ariaLabelledBy: [`${anchor}-name`] },
  );
}

function changedLine(line: LineChange): PageElement {
  if (line.kind === 'skip') return element('span.line', [element('span.t-comment', ['⋮']), '\n']);
  const inside = line.kind === 'same' ? line.text : element(line.kind === 'gone' ? 'del' : 'ins', [line.text]);
  return element('span.line', [inside, '\n']);
}

function stepOf(step: SolutionStep): PageElement {
  if (step.kind === 'wait') return element('li', [element('p', [`${step.words}: `, ...words(step.seen.replace(/\.$/, '')), '.'])]);
  if (step.kind === 'act') return element('li', [element('p', ['In the lab: ', element('b', [plain(step.name)]), '.'])]);
  return element('li', [element('p', ['Change this text.']), listing(step.part, step.lines.map(changedLine))]);
}

function solutionOf({ title, steps, goals }: PlayedSolution, index: number, all: readonly PlayedSolution[]): readonly PageNode[] {
  const number = all.length === 1 ? 'Solution' : `Solution ${index + 1}`;
  const met = goals.map(({ text, because }) => element('li', [...words(text), ': ', ...words(because)]));
  return [
    element('p.solution-title', [element('b', [`${number}: `, ...words(title)])]),
    element('ol.steps', steps.map(stepOf)),
    element('p', ['Why it is done:']),
    element('ul.plain', met),
  ];
}

/** The hints of a challenge, and each of its solutions as the lab played it: what to do, what is seen, why the goals are met. */
export function solutionsOf(challenge: Challenge): PageElement {
  const { scenario, playable, anchor } = challenge;
  const hints = scenario.hints.map((hint) => element('li', words(hint)));
  const commands = scenario.commands.join('\n');
  return element(
    'div.answer-of.solution-of',
    [
      element('p.ask', [element('b', words(titleOf(scenario)))]),
      ...(hints.length > 0 ? [element('p', ['Hints:']), element('ol', hints)] : []),
      ...playSolutions(playable, scenario).flatMap(solutionOf),
      ...afterOf(scenario),
      ...(commands === '' ? [] : [element('p', ['To look at the same on a real cluster:']), element('pre', [element('code', linesOf([commands]))])]),
      element('p.way', [element('a', ['Challenge'], { href: `#${anchor}` })]),
    ],
    { id: solutionAnchor(anchor) },
  );
}

/** Whether a link of a chapter leads to a scenario of a lab, and to which. */
export function scenarioLinked(link: PageElement): { readonly path: string; readonly lab: string; readonly scenario: string } | undefined {
  const { href } = link.attributes;
  const [path, lab, scenario] = (typeof href === 'string' && !isA(link, '.btn') ? /labs\/([^/#]+)\/#scenario=([\w-]+)$/.exec(href) : null) ?? [];
  return path === undefined || lab === undefined || scenario === undefined ? undefined : { path, lab, scenario };
}
