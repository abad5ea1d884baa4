import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { readQuiz, type WrittenQuestion } from '../../src/components/chapter/quiz/quiz.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A chapter as its files hold it. Checks take it as a value, so that a test can plant a fault in a copy. */
export interface Chapter {
  readonly slug: string;
  readonly mdx: string;
  readonly quiz: readonly WrittenQuestion[];
  /** The text of quiz.yaml, for checks of words. */
  readonly quizText: string;
  /** File name → text. */
  readonly manifests: Readonly<Record<string, string>>;
}

/** What chapters may refer to. */
export interface World {
  readonly planned: readonly string[];
  readonly written: readonly string[];
  /** Lab → scenarios. */
  readonly labs: Readonly<Record<string, readonly string[]>>;
  /** Paths of hand-written pages, such as /search/. */
  readonly pages: readonly string[];
  /** Names of drawn diagrams. */
  readonly drawn: readonly string[];
  /** How wide each is drawn, in px. */
  readonly drawnWidths: Readonly<Record<string, number>>;
  /** Recording → its text. */
  readonly recordings: Readonly<Record<string, string>>;
}

/** What the plan says a chapter covers. `section` counts from 1 into `sections`. */
export interface Plan {
  readonly chapter: string;
  readonly sections: readonly string[];
  readonly ids: readonly { readonly id: string; readonly section: number }[];
  readonly errata: readonly string[];
}

const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const slugOf = (folder: string): string => path.basename(folder).replace(/^\d+-/, '');

/** All written chapters. */
export function readChapters(): Chapter[] {
  return globSync('content/*/*/index.mdx', { cwd: root }).map((file) => {
    const folder = path.dirname(file);
    const quizText = read(`${folder}/quiz.yaml`);
    const manifests = globSync(`${folder}/manifests/*.yaml`, { cwd: root });
    return {
      slug: slugOf(folder),
      mdx: read(file),
      quiz: readQuiz(quizText),
      quizText,
      manifests: Object.fromEntries(manifests.map((name) => [path.basename(name), read(name)])),
    };
  });
}

/** The plans in tests/data. */
export function readPlans(): Plan[] {
  return globSync('tests/data/coverage-*.json', { cwd: root }).map((file) => JSON.parse(read(file)) as Plan);
}

export function readWorld(): World {
  const pictures = globSync('src/diagrams/*.svg', { cwd: root });
  const parts = load(read('content/data/course.yaml')) as { readonly chapters: readonly { readonly slug: string }[] }[];
  const labs = globSync('labs/*/scenarios', { cwd: root }).map((folder): [string, string[]] => [
    path.basename(path.dirname(folder)),
    globSync(`${folder}/*.yaml`, { cwd: root }).map((file) => path.basename(file, '.yaml')),
  ]);
  return {
    planned: parts.flatMap((part) => part.chapters.map((chapter) => chapter.slug)),
    written: globSync('content/*/*/index.mdx', { cwd: root }).map((file) => slugOf(path.dirname(file))),
    labs: Object.fromEntries(labs),
    pages: globSync('src/pages/**/*.astro', { cwd: root })
      .map((file) => `/${path.relative('src/pages', file).replace(/(index)?\.astro$/, '')}/`.replace('//', '/'))
      .filter((page) => !page.includes('[')),
    drawn: pictures.map((file) => path.basename(file, '.svg')),
    drawnWidths: Object.fromEntries(pictures.map((file) => [path.basename(file, '.svg'), Number(/^<svg [^>]*\bwidth="(\d+)"/.exec(read(file))?.[1] ?? NaN)])),
    recordings: Object.fromEntries(globSync('content/data/recordings/*.json', { cwd: root }).map((file) => [path.basename(file, '.json'), read(file)])),
  };
}
