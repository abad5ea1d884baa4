import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { mdxToMdast } from 'satteri';
import { headingAnchor } from '../../src/md-plugins/heading-links.ts';
import { summaryCards } from '../../src/reader/chapter-cards.ts';
import type { Renames } from '../../src/reader/renamed.ts';
import { nearest } from '../../labs/reading/shapes.ts';
import type { Chapter } from '../content/chapter.ts';
import { proseOf } from '../content/chapter-checks.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the register lies. */
export const registerFile = 'content/data/kept-ids.yaml';

/** A lab as far as readers keep something of it. */
export interface LabIds {
  readonly id: string;
  readonly scenarios: readonly string[];
  /** The texts that can be edited in it. */
  readonly parts: readonly string[];
}

/** Ids by what they belong to: a chapter, or a lab. Each is written as src/reader/renamed.ts says. */
export type Register = Readonly<Record<string, readonly string[]>>;

interface Node {
  readonly name?: string | null;
  readonly attributes?: readonly { readonly name?: string; readonly value?: unknown }[];
  readonly children?: readonly Node[];
}

/** The manifests of a chapter that can be opened in a lab: such a text is kept as a draft. */
function openedListings(node: Node): readonly { readonly lab: string; readonly file: string }[] {
  const { lab, file } = Object.fromEntries((node.attributes ?? []).map(({ name = '', value }) => [name, value]));
  const own = node.name === 'Manifest' && typeof lab === 'string' && typeof file === 'string' ? [{ lab, file }] : [];
  return [...own, ...(node.children ?? []).flatMap(openedListings)];
}

/** All labs, read from their scenarios. */
export function readLabIds(): readonly LabIds[] {
  return globSync('labs/*/scenarios', { cwd: root }).map((folder) => {
    const files = globSync(`${folder}/*.yaml`, { cwd: root });
    const texts = files.map((file) => (load(readFileSync(path.join(root, file), 'utf8')) as { readonly texts: object }).texts);
    return {
      id: path.basename(path.dirname(folder)),
      scenarios: files.map((file) => path.basename(file, '.yaml')),
      parts: [...new Set(texts.flatMap((each) => Object.keys(each)))],
    };
  });
}

/** The ids under which something of a reader can be kept, as the content has them. */
export function idsOf(chapters: readonly Chapter[], labs: readonly LabIds[]): Register {
  const ofChapters = chapters.map(({ slug, mdx, quiz }): [string, readonly string[]] => [
    slug,
    [
      `/${slug}/`,
      ...[...proseOf(mdx).matchAll(/^#{2,3} (.+)$/gmu)].map(([, heading = '']) => `/${slug}/#${headingAnchor(heading)}`),
      ...quiz.map(({ id }) => `${slug}/${id}`),
      ...summaryCards(mdx, '/').map(({ id }) => `${slug}/${id}`),
    ],
  ]);
  const listings = chapters.flatMap(({ mdx }) => openedListings(mdxToMdast(mdx) as unknown as Node));
  const ofLabs = labs.map(({ id, scenarios, parts }): [string, readonly string[]] => [
    `labs/${id}`,
    [
      ...parts.map((part) => `labs/${id}#${part}`),
      ...scenarios.map((scenario) => `labs/${id}/${scenario}`),
      // As lab-player/drafts.ts names them.
      ...listings.filter(({ lab }) => lab === id).map(({ file }) => `labs/${id}/${file.replaceAll('.', '-')}`),
    ],
  ]);
  // In the order of the alphabet: a section that changes its place changes no line.
  const sorted = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
  return Object.fromEntries([...ofChapters, ...ofLabs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([owner, ids]) => [owner, sorted(ids)]));
}

/** The register as it lies in the project. */
export function readRegister(): Register {
  return load(readFileSync(path.join(root, registerFile), 'utf8')) as Register;
}

/** The text of the register: one id a line. */
export function registerText(register: Register): string {
  const groups = Object.entries(register).map(([owner, ids]) => `${owner}:\n${ids.map((id) => `  - ${id}\n`).join('')}`);
  return `# Every id under which a browser may keep something of a reader. Written by "npm run kept-ids"; how ids are written: src/reader/renamed.ts.\n\n${groups.join('\n')}`;
}

const kindOf = (id: string): string => {
  if (id.startsWith('labs/')) return id.includes('#') ? `part of ${id.split('#')[0] ?? ''}` : 'scenario';
  if (id.startsWith('/')) return id.includes('#') ? 'section' : 'chapter';
  return id.includes('/card/') ? 'card' : 'question';
};

/** What an author has to say of an id of the register that the content has no more. */
function goneFault(id: string, fresh: readonly string[]): string {
  const alike = fresh.filter((each) => kindOf(each) === kindOf(id));
  const perhaps = nearest(id, alike) ?? (alike.length === 1 ? alike[0] : undefined);
  return `${id} is gone, and readers have kept things under it. Say in src/reader/renamed.ts what became of it: ['${id}', '${perhaps ?? '…'}'] in "renamed", or '${id}' in "dropped".`;
}

/** Ids of the register that went without a word, and words about ids that are not true (any more). */
export function untoldFaults(content: Register, registered: Register, renamed: Renames, dropped: readonly string[]): readonly string[] {
  const there = new Set(Object.values(content).flat());
  const known = new Set(Object.values(registered).flat());
  const fresh = [...there].filter((id) => !known.has(id));
  const isTold = (id: string): boolean => renamed.has(id) || dropped.includes(id);
  return [
    ...[...known].filter((id) => !there.has(id) && !isTold(id)).map((id) => goneFault(id, fresh)),
    ...[...renamed].flatMap(([from, to]) => {
      if (!there.has(to)) return [`src/reader/renamed.ts: ${from} became ${to}, which is not there. Lead it to the id that there is now.`];
      return kindOf(from) === kindOf(to) ? [] : [`src/reader/renamed.ts: ${from} is a ${kindOf(from)} and cannot become ${to}, a ${kindOf(to)}.`];
    }),
    ...[...renamed.keys(), ...dropped].filter((id) => there.has(id)).map((id) => `src/reader/renamed.ts: ${id} is there again. Take out its line.`),
    ...dropped.filter((id) => renamed.has(id)).map((id) => `src/reader/renamed.ts: ${id} is renamed and dropped.`),
  ];
}

/** Differences between the content and the register that the next "npm run kept-ids" writes down. */
export function unwrittenFaults(content: Register, registered: Register): readonly string[] {
  const there = new Set(Object.values(content).flat());
  const known = new Set(Object.values(registered).flat());
  const write = `${registerFile}; run "npm run kept-ids" and commit what it writes.`;
  return [
    ...[...there].filter((id) => !known.has(id)).map((id) => `${id} is not yet in ${write}`),
    ...[...known].filter((id) => !there.has(id)).map((id) => `${id} is still in ${write}`),
  ];
}
