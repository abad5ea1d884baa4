/** How alike two pictures are, for a reader's eye: robust against another version of the browser, keen on what is moved, missing, cut or of another colour. */

/** Pixels as pngjs and pixelmatch know them: four bytes each, red, green, blue, opaque. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Edge of the squares that are compared: about a letter. */
export const blockPx = 8;

/**
 * Letters may stand this far from where they stood: that is how far versions of the browser differ in placing them.
 * docs/decisions/0018-visual-baselines.md has the figures.
 */
const shiftPx = 1;

/** How much a picture may differ: a block counts from a mean difference of its pixels on (0 to 255), and so many may count. */
export interface Tolerance {
  readonly from: number;
  readonly blocksMax: number;
}

/** Drawn by the same major version of the browser: a rounded corner that is lost is found. */
export const sameBrowser: Tolerance = { from: 8, blocksMax: 3 };
/** Drawn by another: what is moved, missing, cut or of quite another colour is found still. */
export const otherBrowser: Tolerance = { from: 20, blocksMax: 3 };

/** Not worth a closer look: less than half of what counts. */
const nothing = 4;
const shifts = Array.from({ length: 2 * shiftPx + 1 }, (_, index) => index - shiftPx);
/** Straight first: most blocks are the same there. */
const moves = shifts.flatMap((down) => shifts.map((right) => ({ right, down }))).toSorted((one, other) => length(one) - length(other));

function length({ right, down }: Pick<Place, 'right' | 'down'>): number {
  return Math.abs(right) + Math.abs(down);
}

/** The mean difference of a block from what stood there, or a pixel beside it: the largest of the colours counts. */
function blockDifference(before: Picture, after: Picture, left: number, top: number): number {
  let best = Infinity;
  for (const move of moves) {
    best = Math.min(best, differenceAt(before, after, { left, top, ...move }));
    if (best < nothing) break;
  }
  return best;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly down: number;
}

function differenceAt(before: Picture, after: Picture, { left, top, right, down }: Place): number {
  const { width, height } = before;
  let sum = 0;
  let count = 0;
  for (let y = top; y < Math.min(top + blockPx, height); y += 1) {
    const row = y + down;
    if (row < 0 || row >= height) continue;
    for (let x = left; x < Math.min(left + blockPx, width); x += 1) {
      const column = x + right;
      if (column < 0 || column >= width) continue;
      const at = (y * width + x) * 4;
      const there = (row * width + column) * 4;
      let largest = 0;
      for (let channel = 0; channel < 3; channel += 1) {
        largest = Math.max(largest, Math.abs((before.data[at + channel] ?? 0) - (after.data[there + channel] ?? 0)));
      }
      sum += largest;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** All blocks of a picture with their difference, from the upper left corner on. Throws where the sizes differ. */
export function blockDifferences(before: Picture, after: Picture): readonly number[] {
  if (before.width !== after.width || before.height !== after.height) {
    throw new Error(`the picture is ${after.width} × ${after.height} px, the baseline ${before.width} × ${before.height}`);
  }
  const differences: number[] = [];
  for (let top = 0; top < before.height; top += blockPx) {
    for (let left = 0; left < before.width; left += blockPx) differences.push(blockDifference(before, after, left, top));
  }
  return differences;
}

/** How many blocks differ by more than they may. */
export function blocksThatDiffer(differences: readonly number[], { from }: Tolerance): number {
  return differences.filter((difference) => difference >= from).length;
}
