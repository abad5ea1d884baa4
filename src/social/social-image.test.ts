import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parts } from '../course/course.ts';
import { cardBytesMax, cardSize } from './card.ts';
import { pngFacts } from './png-texts.ts';
import { ownImage, socialImage } from './social-image.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folderNames = (pattern: string): readonly string[] => globSync(pattern, { cwd: root }).map((file) => path.basename(path.dirname(file)));
const pages = [
  '',
  ...folderNames('content/*/*/index.mdx').map((folder) => `${folder.replace(/^\d+-/, '')}/`),
  ...parts.map(({ slug }) => `parts/${slug}/`),
  ...folderNames('labs/*/view.tsx').map((lab) => `labs/${lab}/`),
];

describe('images of links', () => {
  test.each(pages)('the page /%s has its own, of the right size', (page) => {
    const file = path.join(root, 'public', ownImage(page));
    expect(existsSync(file), `${file} is missing. "npm run social" draws it`).toBe(true);
    const bytes = readFileSync(file);
    expect(bytes.length).toBeLessThanOrEqual(cardBytesMax);
    expect(pngFacts(bytes)).toMatchObject(cardSize);
    expect(socialImage(page)).toMatchObject({ path: ownImage(page), ...cardSize });
  });

  test('say what they show', () => {
    expect(socialImage('labs/pv-binding/').alternative).toMatch(/^Kubestep, Lab: PV\/PVC matchmaker\. .*at the end of “/);
    expect(socialImage('parts/networking/').alternative).toContain('DNS and service discovery');
  });

  test('a page without its own borrows that of the home page', () => {
    expect(socialImage('glossary/pod/')).toEqual(socialImage(''));
  });

  test('no chapter can take the name of the home page’s image', () => {
    expect(pages.map(ownImage).filter((image) => image === ownImage(''))).toHaveLength(1);
  });
});
