import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { addressOf, serveStatic } from '../../src/cli/static-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The built site at the root of a host, with its final slash. */
    readonly atRoot: string;
    /** The same site built for /course/. */
    readonly belowPath: string;
  }
}

/** The two builds that the browser tests look at. */
export const builds = { atRoot: { outDir: 'dist', base: '/' }, belowPath: { outDir: '.cache/course', base: '/course/' } } as const;

/** Serves both builds for the whole test run. */
export default async function serveDist(project: TestProject): Promise<() => void> {
  for (const { outDir, base } of Object.values(builds)) {
    if (!existsSync(`${outDir}/index.html`)) {
      throw new Error(
        `The browser tests look at built pages, and ${outDir}/ is not there. Run: npm run build${base === '/' ? '' : ` -- --base ${base} --outDir ${outDir}`}`,
      );
    }
  }
  const atRoot = await serveStatic(builds.atRoot, 0);
  const belowPath = await serveStatic(builds.belowPath, 0);
  project.provide('atRoot', addressOf(atRoot, builds.atRoot.base));
  project.provide('belowPath', addressOf(belowPath, builds.belowPath.base));
  return () => {
    atRoot.close();
    belowPath.close();
  };
}
