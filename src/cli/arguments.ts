import { parseArgs } from 'node:util';

/** Where a site was built and below which path it is served. */
export interface Built {
  /** Folder of the built site, without a slash at the end. */
  readonly outDir: string;
  /** Path with a slash at both ends: `/` or `/course/`. */
  readonly base: string;
}

/** A path with a slash at both ends. */
export function withSlashes(path: string): string {
  return `/${path}/`.replace(/\/{2,}/g, '/');
}

/** Reads `--outDir` and `--base` as Astro spells them. Throws with the offending argument for any other. */
export function readBuilt(args: readonly string[]): Built {
  const { values } = parseArgs({ args: [...args], options: { outDir: { type: 'string', default: 'dist' }, base: { type: 'string', default: '/' } } });
  return { outDir: values.outDir.replace(/\/+$/, ''), base: withSlashes(values.base) };
}
