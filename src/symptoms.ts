import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'astro/zod';
import { labById } from './labs.ts';
import { findWritten } from './written.ts';

const file = z.array(
  z.strictObject({
    /** The text as a program prints it. */
    text: z.string().trim().min(1).max(120),
    /** Who prints it. */
    by: z.string().trim().min(1),
    /** One or two sentences: what it means in a cluster. */
    means: z.string().trim().min(1),
    /** A section of a chapter (`dns#records`) or a scenario of a lab (`labs/dns-search#scenario=…`) that shows it. */
    shownAt: z.string().regex(/^([a-z0-9-]+(#[a-z0-9-]+)?|labs\/[a-z0-9-]+(#scenario=[a-z0-9-]+)?)$/),
  }),
);

/** An error text that readers meet. `link` leads to where it is explained, once that exists. */
export interface Symptom {
  readonly text: string;
  readonly by: string;
  readonly means: string;
  readonly link: `/${string}` | undefined;
}

async function linkTo(shownAt: string): Promise<`/${string}` | undefined> {
  const [path = '', fragment] = shownAt.split('#');
  if (path.startsWith('labs/')) {
    const lab = labById(path.slice('labs/'.length));
    if (!lab) return undefined;
    const scenario = fragment?.replace('scenario=', '');
    return scenario !== undefined && lab.scenarios.some(({ id }) => id === scenario) ? `/${path}/#scenario=${scenario}` : `/${path}/`;
  }
  const chapter = await findWritten(path);
  if (!chapter) return undefined;
  if (fragment === undefined) return `/${path}/`;
  if (chapter.anchors.includes(fragment)) return `/${path}/#${fragment}`;
  throw new Error(`content/data/errors.yaml: shownAt ${shownAt}: /${path}/ has no heading with that id. Its ids: ${chapter.anchors.join(', ')}`);
}

/** The error texts of content/data/errors.yaml. A chapter that is not written yet is no link; a heading that is not there stops the build. */
export async function symptoms(): Promise<readonly Symptom[]> {
  const checked = file.safeParse(load(readFileSync(join(process.cwd(), 'content/data/errors.yaml'), 'utf8')));
  if (!checked.success) throw new Error(`content/data/errors.yaml: ${z.prettifyError(checked.error)}`);
  return Promise.all(checked.data.map(async ({ text, by, means, shownAt }) => ({ text, by, means, link: await linkTo(shownAt) })));
}
