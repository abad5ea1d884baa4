/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';

export default getViteConfig({
  test: {
    reporters: ['default', './tests/count-reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['labs/**/*.test.ts', 'src/**/*.test.ts', 'tests/**/*.test.ts'], exclude: ['tests/browser/**'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: './tests/browser/serve-dist.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file drives one browser; two at once make both slow on two cores.
          fileParallelism: false,
        },
      },
    ],
  },
});
