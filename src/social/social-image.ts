import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pngFacts } from './png-texts.ts';

/** Keyword of the text in a card that says what it shows; the PNG specification names it so. */
export const alternativeKey = 'Description';

/** Keyword of the text in a card that says what it was drawn from. */
export const drawnFromKey = 'Kubestep-Drawn-From';

/** The image that a link to a page is shown with. */
export interface SocialImage {
  /** Path below the base. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly alternative: string;
}

/** The file of a page’s own image, below `public/`; `pagePath` is its path below the base, `''` for the home page. */
export const ownImage = (pagePath: string): string => `social/${pagePath.replace(/\/$/, '') || 'home'}.png`;

// Every command of the project runs at its root; a path beside this module would point into the bundle during a build.
const publicFolder = join(process.cwd(), 'public');

/** The image of a page: its own, or that of the home page for a page which has none. It says itself how large it is and what it shows. */
export function socialImage(pagePath: string): SocialImage {
  const own = ownImage(pagePath);
  const path = existsSync(join(publicFolder, own)) ? own : ownImage('');
  const { width, height, texts } = pngFacts(readFileSync(join(publicFolder, path)));
  const alternative = texts[alternativeKey];
  if (alternative === undefined) throw new Error(`public/${path} does not say what it shows. "npm run social" draws it`);
  return { path, width, height, alternative };
}
