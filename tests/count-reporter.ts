import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Adds `passed failed skipped` of this run to the file that KUBESTEP_COUNTS names, so that several runs can be summed, and names what passed only when it ran again. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    for (const module of modules)
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky === true) console.log(`Passed only when it ran again: ${module.relativeModuleId} > ${test.fullName}`);
      }
    const file = process.env.KUBESTEP_COUNTS;
    if (file === undefined) return;
    const count = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      // A file that does not even load has no tests, but it has failed.
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed' || state === 'skipped') count[state] += 1;
        else count.failed += 1;
      }
    }
    appendFileSync(file, `${count.passed} ${count.failed} ${count.skipped}\n`);
  }
}
