/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';
import { hasNginx } from './src/cli/nginx.ts';
import { drawsAlike } from './src/cli/visual-camera.ts';

// A test that is skipped counts as a fault: what cannot run here is no part of the run.
export default getViteConfig({
  test: {
    reporters: ['default', './tests/count-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['labs/**/*.test.ts', 'src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['tests/browser/**', ...(hasNginx() ? [] : ['tests/deploy-nginx.test.ts'])],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          exclude: drawsAlike() ? [] : ['tests/browser/visual.test.ts'],
          globalSetup: ['./tests/browser/serve-dist.ts', './tests/browser/visual-notice.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A machine that others use, too, may hold a browser up beyond any wait. In CI a test that failed runs once more, and the report names it: it is
          // looked at like a failure. By hand nothing runs twice.
          retry: process.env.CI ? 1 : 0,
          // Each file drives one browser; two at once make both slow on two cores.
          fileParallelism: false,
        },
      },
    ],
  },
});
