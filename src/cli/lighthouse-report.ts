import type { Result } from 'lighthouse';

/** The figures of the course: scores in points of 100, times in milliseconds. */
export const figures = { performance: 99, others: 100, largestPaintMs: 1_000, layoutShift: 0.01 } as const;

/** A report fails only when it misses a figure by more than this factor. */
const tolerance = 3;

/** What Lighthouse says of one page, as it is kept. */
export interface PageReport {
  readonly page: string;
  /** Points by category; absent for one without a score. */
  readonly scores: Readonly<Record<string, number>>;
  readonly largestPaintMs: number;
  readonly layoutShift: number;
  readonly blockingMs: number;
  /** How fast the machine was: Lighthouse’s own loop; a desktop of its makers gets about 1,500. */
  readonly machine: number;
  /** The report as a line of the printed table. */
  readonly line: string;
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo', 'agentic-browsing'] as const;

const numberOf = (result: Result, audit: string): number => result.audits[audit]?.numericValue ?? 0;

const performanceOf = (result: Result): number => result.categories.performance?.score ?? 0;

/** The run in the middle by its performance; of an even number the better one. Throws when there is none. */
export function median(results: readonly Result[]): Result {
  const sorted = results.toSorted((a, b) => performanceOf(a) - performanceOf(b));
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('Lighthouse was not run: --runs is 1 or more');
  return middle;
}

/** The figures of one run. */
export function summaryOf(page: string, result: Result): PageReport {
  // A page that keeps itself out of search engines has no points to lose there.
  const isKeptOut = result.audits['is-crawlable']?.score === 0;
  const scored = categories.flatMap((id): readonly (readonly [string, number])[] => {
    if (id === 'seo' && isKeptOut) return [];
    const score = result.categories[id]?.score;
    return typeof score === 'number' ? [[id, Math.round(score * 100)]] : [];
  });
  const scores = Object.fromEntries(scored);
  const largestPaintMs = Math.round(numberOf(result, 'largest-contentful-paint'));
  const layoutShift = numberOf(result, 'cumulative-layout-shift');
  const blockingMs = Math.round(numberOf(result, 'total-blocking-time'));
  const machine = Math.round(result.environment.benchmarkIndex);
  const cells = [
    ...categories.map((id) => String(scores[id] ?? '–').padStart(5)),
    `${(largestPaintMs / 1000).toFixed(2)} s`.padStart(8),
    layoutShift.toFixed(3).padStart(6),
    String(blockingMs).padStart(6),
    String(machine).padStart(9),
  ];
  return {
    page: page === '' ? '/' : page,
    scores,
    largestPaintMs,
    layoutShift,
    blockingMs,
    machine,
    line: (page === '' ? '/' : page).padEnd(21) + cells.join(''),
  };
}

/** What a page misses by more than the tolerance. Points count as lost ones: with a figure of 99 the fourth lost point is too many. */
export function faultsOf({ page, scores, largestPaintMs, layoutShift }: PageReport): readonly string[] {
  const faults: string[] = [];
  for (const [category, points] of Object.entries(scores)) {
    const leastPoints = 100 - tolerance * (100 - figures.performance);
    if (points < leastPoints) faults.push(`${page}: ${category} ${points}, at least ${leastPoints}`);
  }
  if (largestPaintMs > tolerance * figures.largestPaintMs) faults.push(`${page}: largest paint after ${largestPaintMs} ms`);
  if (layoutShift > tolerance * figures.layoutShift) faults.push(`${page}: layout shift ${layoutShift.toFixed(3)}`);
  return faults;
}

/** The first element, address or text that an audit names. */
function placeOf(details: unknown): string {
  const { items = [] } = (details ?? {}) as { readonly items?: readonly Record<string, unknown>[] };
  const [item = {}] = items;
  const { node, url, source, description } = item as {
    readonly node?: { readonly selector?: string };
    readonly url?: string;
    readonly source?: { readonly url?: string };
    readonly description?: unknown;
  };
  return node?.selector ?? url ?? source?.url ?? (typeof description === 'string' ? description : '');
}

/** What costs a page points: category, audit, what was measured, the first place. */
export function findingsOf(result: Result): readonly string[] {
  return categories.flatMap((id) =>
    (result.categories[id]?.auditRefs ?? []).flatMap(({ id: auditId, weight }) => {
      const audit = result.audits[auditId];
      if (!audit || weight === 0 || audit.score === null || audit.score >= 0.99) return [];
      return [
        `${id}: ${audit.title}, ${Math.round(audit.score * 100)}${audit.displayValue ? ` (${audit.displayValue})` : ''} ${placeOf(audit.details)}`.trimEnd(),
      ];
    }),
  );
}
