import type { Result } from 'lighthouse';
import { describe, expect, test } from 'vitest';
import { faultsOf, findingsOf, median, summaryOf } from './lighthouse-report.ts';

interface Measured {
  readonly performance?: number;
  readonly accessibility?: number;
  readonly largestPaintMs?: number;
  readonly layoutShift?: number;
}

/** As much of a result as the report reads. */
function resultOf({ performance = 1, accessibility = 1, largestPaintMs = 900, layoutShift = 0 }: Measured): Result {
  const category = (score: number, ...audits: readonly string[]): unknown => ({ score, auditRefs: audits.map((id) => ({ id, weight: 7 })) });
  const result = {
    categories: {
      performance: category(performance, 'largest-contentful-paint'),
      accessibility: category(accessibility, 'target-size'),
      'agentic-browsing': { score: null, auditRefs: [] },
    },
    audits: {
      'largest-contentful-paint': { title: 'Largest paint', score: 1, numericValue: largestPaintMs },
      'cumulative-layout-shift': { title: 'Shift', score: 1, numericValue: layoutShift },
      'target-size': { title: 'Targets', score: accessibility, details: { items: [{ node: { selector: 'p > button' } }] } },
    },
    environment: { benchmarkIndex: 1499.6 },
  };
  return result as unknown as Result;
}

describe('the report of Lighthouse', () => {
  test('has points, times and the speed of the machine in one line', () => {
    const { line, scores, machine } = summaryOf('dns/', resultOf({ performance: 0.987 }));
    expect(scores).toEqual({ performance: 99, accessibility: 100 });
    expect(machine).toBe(1500);
    expect(line).toMatch(/^dns\/ +99 +100 +– +– +– +0\.90 s +0\.000 +0 +1500$/);
  });

  test('has no points of search engines for a page that keeps itself out of them', () => {
    const open = resultOf({});
    const { 'largest-contentful-paint': audit } = open.audits;
    const withSeo = { ...open, categories: { ...open.categories, seo: { score: 0.6, auditRefs: [] } } } as unknown as Result;
    expect(summaryOf('search/', withSeo).scores).toMatchObject({ seo: 60 });
    expect(summaryOf('search/', { ...withSeo, audits: { ...open.audits, 'is-crawlable': { ...audit, score: 0 } } } as Result).scores).not.toHaveProperty('seo');
  });

  test('takes the run in the middle', () => {
    const runs = [0.99, 0.7, 0.95].map((performance) => resultOf({ performance }));
    expect(median(runs)).toBe(runs[2]);
    expect(() => median([])).toThrow('--runs');
  });

  test.each<readonly [string, Measured, readonly string[]]>([
    ['is silent at the figures', {}, []],
    ['is silent when it misses them a little', { performance: 0.97, largestPaintMs: 2_900, layoutShift: 0.02 }, []],
    ['fails far below the points', { performance: 0.96, accessibility: 0.96 }, ['/: performance 96, at least 97', '/: accessibility 96, at least 97']],
    ['fails far above the times', { largestPaintMs: 3_100, layoutShift: 0.04 }, ['/: largest paint after 3100 ms', '/: layout shift 0.040']],
  ])('%s', (_, measured, faults) => {
    expect(faultsOf(summaryOf('', resultOf(measured)))).toEqual(faults);
  });

  test('names what costs points, and where', () => {
    expect(findingsOf(resultOf({ accessibility: 0 }))).toEqual(['accessibility: Targets, 0 p > button']);
    expect(findingsOf(resultOf({}))).toEqual([]);
  });
});
