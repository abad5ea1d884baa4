/** Draws at one place: how many, and the probability of what is counted. */
export interface Stratum {
  readonly draws: number;
  readonly chance: number;
}

/** Up to so many draws the exact distribution is worked out; beyond, it is a bell curve to the eye. */
const exactMax = 120;
/** 95 % of a normal distribution lie within so many standard deviations. */
const deviations95 = 1.959964;

/**
 * Bounds between which a count of fair draws falls in at least 95 of 100 runs, as shares of all draws. Draws of several places with chances of their
 * own add up. Exact for few draws, by the normal distribution for many.
 */
export function fairBand(strata: readonly Stratum[]): { readonly low: number; readonly high: number } {
  const draws = strata.reduce((sum, stratum) => sum + stratum.draws, 0);
  if (draws === 0) return { low: 0, high: 1 };
  const mean = strata.reduce((sum, stratum) => sum + stratum.draws * stratum.chance, 0);
  const deviation = Math.sqrt(strata.reduce((sum, stratum) => sum + stratum.draws * stratum.chance * (1 - stratum.chance), 0));
  if (draws > exactMax) return { low: Math.max(0, mean - deviations95 * deviation) / draws, high: Math.min(draws, mean + deviations95 * deviation) / draws };
  const probabilities = countProbabilities(strata);
  let [low, below] = [0, 0];
  while (low < draws && below + (probabilities[low] ?? 0) <= 0.025) below += probabilities[low++] ?? 0;
  let [high, above] = [draws, 0];
  while (high > 0 && above + (probabilities[high] ?? 0) <= 0.025) above += probabilities[high--] ?? 0;
  return { low: low / draws, high: high / draws };
}

/** The probability of each count: draw after draw, the row of Pascal's triangle with weights. */
function countProbabilities(strata: readonly Stratum[]): readonly number[] {
  let row = [1];
  for (const { draws, chance } of strata)
    for (let draw = 0; draw < draws; draw += 1)
      row = Array.from({ length: row.length + 1 }, (_, count) => (row[count] ?? 0) * (1 - chance) + (row[count - 1] ?? 0) * chance);
  return row;
}

/** One cell of a test: what was counted, and what was to be expected. */
export interface Cell {
  readonly observed: number;
  readonly expected: number;
}

export interface ChiSquared {
  readonly statistic: number;
  readonly degrees: number;
  /** The part of fair runs that lie as far from the expected counts, or farther. */
  readonly probability: number;
}

/** Where fewer are expected in a cell, the distribution does not fit (Cochran's rule). */
const expectedMin = 5;

/**
 * Pearson's test of counts against what was expected; each group of cells has a fixed sum, so it loses one degree of freedom. Undefined: too few for
 * the test, or nothing to choose.
 */
export function chiSquaredTest(groups: readonly (readonly Cell[])[]): ChiSquared | undefined {
  const used = groups.filter((cells) => cells.some(({ observed }) => observed > 0));
  const degrees = used.reduce((sum, cells) => sum + cells.length - 1, 0);
  if (degrees <= 0 || used.some((cells) => cells.some(({ expected }) => expected < expectedMin))) return undefined;
  const statistic = used.flat().reduce((sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected, 0);
  return { statistic, degrees, probability: upperGamma(degrees / 2, statistic / 2) };
}

/** The upper part of the regularized incomplete gamma function for half-integer `shape`, by its recurrence. */
function upperGamma(shape: number, value: number): number {
  if (value <= 0) return 1;
  const isWhole = Number.isInteger(shape);
  let [at, sum] = isWhole ? [1, Math.exp(-value)] : [0.5, complementaryError(Math.sqrt(value))];
  // Each step adds value^at · e^-value / Γ(at + 1).
  let term = isWhole ? value * Math.exp(-value) : (Math.sqrt(value) * Math.exp(-value)) / (Math.sqrt(Math.PI) / 2);
  while (at < shape) {
    sum += term;
    at += 1;
    term *= value / at;
  }
  return Math.min(1, Math.max(0, sum));
}

/** erfc for values from 0 up, to seven digits (Abramowitz and Stegun 7.1.26 gives as many). */
function complementaryError(value: number): number {
  const t = 1 / (1 + 0.3275911 * value);
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return polynomial * Math.exp(-value * value);
}

/** How often the next choice was the same as the one before, and the longest row of equal ones. */
export function repeats(choices: readonly string[]): { readonly same: number; readonly of: number; readonly longest: number } {
  let [same, longest, length] = [0, choices.length === 0 ? 0 : 1, 1];
  for (let index = 1; index < choices.length; index += 1) {
    const isSame = choices[index] === choices[index - 1];
    if (isSame) same += 1;
    length = isSame ? length + 1 : 1;
    longest = Math.max(longest, length);
  }
  return { same, of: Math.max(0, choices.length - 1), longest };
}
