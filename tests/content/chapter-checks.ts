import { load, loadAll } from 'js-yaml';
import { courseVersion } from '../../src/course/version.ts';
import { quizFaults } from '../../src/components/chapter/quiz/quiz.ts';
import { diagramDescription, diagramKey, diagramTitle, mermaidFences } from '../../src/md-plugins/diagram-key.ts';
import { headingAnchor } from '../../src/md-plugins/heading-links.ts';
import type { Chapter, Plan, World } from './chapter.ts';
import { kubectlFaults } from './kubectl-line.ts';
import { terminalFaults } from './terminals.ts';

type Check = (chapter: Chapter, world: World) => string[];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The prose of a chapter: no front matter, no fenced code. Lines keep their numbers. */
export function proseOf(mdx: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, '');
  return mdx.replace(/^---\n[\s\S]*?\n---\n/, blank).replace(/^```[\s\S]*?^```$/gm, blank);
}

interface Heading {
  readonly depth: number;
  readonly text: string;
}
const headingsOf = (mdx: string): Heading[] =>
  [...proseOf(mdx).matchAll(/^(#{2,4}) (.+)$/gm)].map((match) => ({ depth: match[1]?.length ?? 0, text: match[2] ?? '' }));

/** Which ids stand under which second-level heading; `''` before the first. */
function coveredIn(mdx: string, attribute: 'ids' | 'errata'): Map<string, string[]> {
  const covered = new Map<string, string[]>();
  let section = '';
  for (const line of proseOf(mdx).split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3).trim();
    const found = new RegExp(`<(?:Covers|OftenSaid)\\b[^>]*\\b${attribute}="([^"]*)"`).exec(line)?.[1];
    for (const id of found?.split(/\s+/) ?? []) covered.set(id, [...(covered.get(id) ?? []), section]);
  }
  return covered;
}

/** Points of the plan that a chapter does not cover, or covers in another section; ids that no plan knows. */
export function coverageFaults(chapter: Chapter, plan: Plan): string[] {
  const ids = coveredIn(chapter.mdx, 'ids');
  const errata = coveredIn(chapter.mdx, 'errata');
  return [
    ...plan.ids.flatMap(({ id, section }) => {
      const places = ids.get(id);
      const wanted = plan.sections[section - 1] ?? '';
      if (!places) return [`${id} is not covered.`];
      return places.includes(wanted) ? [] : [`${id} is covered in "${places.join('", "')}" and belongs to "${wanted}".`];
    }),
    ...plan.errata.filter((id) => !errata.has(id)).map((id) => `The erratum ${id} is not taught.`),
    ...[...ids.keys()].filter((id) => !plan.ids.some((point) => point.id === id)).map((id) => `${id} is in no plan.`),
    ...[...errata.keys()].filter((id) => !plan.errata.includes(id)).map((id) => `${id} is no erratum.`),
    ...chapter.quiz.flatMap((entry) =>
      entry.covers.filter((id) => !plan.ids.some((point) => point.id === id)).map((id) => `Question "${entry.id}" covers ${id}, which is in no plan.`),
    ),
  ];
}

const frontMatter: Check = ({ mdx }, world) => {
  const text = /^---\n([\s\S]*?)\n---\n/.exec(mdx)?.[1];
  const data = load(text ?? '');
  if (!isRecord(data)) return ['There is no front matter.'];
  const needs = ['title', 'summary', 'question', 'objectives', 'prerequisites', 'checkedAgainst'].filter((key) => data[key] === undefined);
  const unknown = (Array.isArray(data.prerequisites) ? data.prerequisites : []).filter((slug) => !world.planned.includes(String(slug)));
  return [
    ...needs.map((key) => `The front matter has no ${key}.`),
    ...unknown.map((slug) => `The prerequisite "${String(slug)}" is no chapter.`),
    ...(data.checkedAgainst === courseVersion ? [] : [`checkedAgainst is ${String(data.checkedAgainst)}, the course says ${courseVersion}.`]),
  ];
};

function internalLinkFault(link: string, world: World, anchors: ReadonlySet<string>): string | undefined {
  const [pathname = '', fragment] = link.split('#');
  if (pathname === '') return fragment !== undefined && anchors.has(fragment) ? undefined : `There is no heading for #${fragment ?? ''}.`;
  const lab = /^\/labs\/([^/]+)\/$/.exec(pathname)?.[1];
  if (lab !== undefined) {
    const scenarios = world.labs[lab];
    const scenario = fragment?.replace('scenario=', '');
    if (!scenarios) return `There is no lab "${lab}".`;
    return scenario === undefined || scenarios.includes(scenario) ? undefined : `The lab "${lab}" has no scenario "${scenario}".`;
  }
  const known = world.pages.includes(pathname) || world.written.some((slug) => pathname === `/${slug}/`);
  return known ? undefined : `${link} leads nowhere: no page and no written chapter.`;
}

const links: Check = ({ mdx, quiz }, world) => {
  const anchors = new Set(headingsOf(mdx).map(({ text }) => headingAnchor(text)));
  const written = [...proseOf(mdx).matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)].map((match) => match[1] ?? match[2] ?? '');
  return [
    ...written.flatMap((link) => {
      if (/^https:\/\/[a-z0-9.-]+\//.test(link)) return [];
      const fault = /^[/#]/.test(link) ? internalLinkFault(link, world, anchors) : `${link} is neither https:// nor a path of the site.`;
      return fault === undefined ? [] : [fault];
    }),
    ...quiz.filter((entry) => !anchors.has(entry.section)).map((entry) => `Question "${entry.id}" sends readers to #${entry.section}, which is no heading.`),
  ];
};

const labs: Check = ({ mdx, quiz }, world) => {
  const used = [...proseOf(mdx).matchAll(/<(?:Lab id|Terminal lab)="([^"]+)" scenario="([^"]+)"/g)].map((match) => [match[1] ?? '', match[2] ?? ''] as const);
  const traced = quiz.flatMap((entry) => (entry.kind === 'trace' || entry.kind === 'input' ? [[entry.answerBy.lab, entry.answerBy.scenario] as const] : []));
  const shown = [...proseOf(mdx).matchAll(/<Lab /g)].length;
  return [
    ...[...used, ...traced]
      .filter(([lab, scenario]) => !world.labs[lab]?.includes(scenario))
      .map(([lab, scenario]) => `There is no scenario "${scenario}" of a lab "${lab}".`),
    ...(shown === 0 ? ['A chapter has at least one lab.'] : []),
  ];
};

const manifests: Check = ({ mdx, manifests: files }) => {
  const shown = [...proseOf(mdx).matchAll(/<Manifest file="([^"]+)"/g)].map((match) => match[1] ?? '');
  const objectFaults = Object.entries(files).flatMap(([name, text]) => {
    try {
      const objects: unknown[] = loadAll(text);
      const bad = objects.filter(
        (object) => !isRecord(object) || typeof object.apiVersion !== 'string' || typeof object.kind !== 'string' || !isRecord(object.metadata),
      );
      return bad.length > 0 || objects.length === 0 ? [`${name}: an object needs apiVersion, kind and metadata.`] : [];
    } catch (error) {
      return [`${name} is no YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`];
    }
  });
  return [
    ...objectFaults,
    ...shown.filter((name) => files[name] === undefined).map((name) => `There is no manifest ${name}.`),
    ...Object.keys(files)
      .filter((name) => !shown.includes(name))
      .map((name) => `${name} is shown nowhere.`),
  ];
};

const kubectl: Check = ({ mdx }) => {
  const fenced = [...mdx.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap((match) => (match[1] ?? '').split('\n'));
  const inline = [...proseOf(mdx).matchAll(/`(kubectl [^`]+)`/g)].map((match) => (match[1] ?? '').replaceAll('…', 'web'));
  return [...fenced.filter((line) => line.startsWith('kubectl')), ...inline].flatMap((line) => kubectlFaults(line).map((fault) => `${fault}: ${line}`));
};

// On a phone of 360 px a picture has 312: at 350 its words of 16 px are still drawn with 14.
const DIAGRAM_WIDTH_MAX_PX = 350;

const diagrams: Check = ({ mdx }, world) =>
  mermaidFences(mdx).flatMap((source) => [
    ...((world.drawnWidths[diagramKey(source)] ?? 0) <= DIAGRAM_WIDTH_MAX_PX
      ? []
      : [`A diagram is ${world.drawnWidths[diagramKey(source)] ?? '?'} px wide, more than a phone shows: ${diagramTitle(source) ?? ''}`]),
    ...(world.drawn.includes(diagramKey(source))
      ? []
      : [`A diagram is not drawn as it is written; run "npm run diagrams": ${diagramTitle(source) ?? source.slice(0, 40)}`]),
    ...(diagramTitle(source) !== undefined && diagramDescription(source) !== undefined ? [] : ['A diagram needs accTitle and accDescr.']),
  ]);

// Kinds of data that never belong into a course, by their look. Names for examples are example.com, 192.0.2.0/24 and the like.
const PRIVATE: Readonly<Record<string, RegExp>> = {
  'an AWS key id': /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/,
  'an AWS account or ARN': /\barn:aws|\b\d{12}\b/,
  'an AWS object id': /\b(?:vpc|subnet|sg|eni|i|ami)-[0-9a-f]{8,17}\b/,
  'a webhook': /hooks\.slack\.com/,
  'an e-mail address': /[\w.+-]+@(?!example\.(?:com|org|net)\b)[\w-]+\.[a-z]{2,}/i,
  'a private key or certificate': /-----BEGIN/,
  'a JSON web token': /\beyJ[\w-]{10,}/,
  'a password hash': /\$(?:2[aby]|apr1|6)\$/,
  'a cloud host name': /\b(?:ip|ec2)-\d+-\d+-\d+-\d+\.(?!default)|\.(?:amazonaws|internal\.cloudapp)\.|\.compute\.internal\b/,
  'a long encoded text': /(?<!https:\/\/\S*)\b[A-Za-z0-9+/]{48,}={0,2}/,
  'an address of somebody’s network': /\b(?!(?:10|127|0|169\.254|192\.0\.2|198\.51\.100|203\.0\.113)\.)(?:\d{1,3}\.){3}\d{1,3}\b/,
  'a home folder': /\/(?:home|Users)\/[a-z]/,
};

/** Places of a text that look private, as sentences. */
export const privateFaults = (text: string): string[] =>
  Object.entries(PRIVATE).flatMap(([what, pattern]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`This looks like ${what}: ${found.slice(0, 12)}…`];
  });

const privateData: Check = ({ mdx, quizText, manifests: files }) => [mdx, quizText, ...Object.values(files)].flatMap(privateFaults);

const words: Check = ({ mdx, quizText, manifests: files }) => {
  const text = [mdx, quizText, ...Object.values(files)].join('\n');
  return [...text.matchAll(/\bnotes\b/gi)].map(() => 'Readers know no "notes".');
};

/** Everything that must hold for every chapter, by name. */
export const chapterChecks = {
  'front matter': frontMatter,
  links,
  labs,
  manifests,
  'kubectl lines': kubectl,
  diagrams,
  terminals: ({ mdx }, world) => terminalFaults(proseOf(mdx), world.recordings),
  'private data': privateData,
  words,
  questions: ({ quiz }) => quizFaults(quiz),
} as const satisfies Readonly<Record<string, Check>>;
