/** Up to so many values are sorted by insertion, which keeps the order of equal ones. */
const insertionMax = 12;

/** Places in a list that is sorted in place: the least that Go's sort needs to know of it. */
interface Sortable {
  readonly isLess: (one: number, other: number) => boolean;
  readonly swap: (one: number, other: number) => void;
}

type Hint = 'rising' | 'falling' | 'unknown';

/**
 * Sorts as Go's sort.Sort does, so that equal values end where kubectl shows them: pattern-defeating quicksort without chance.
 * Models Go sort/zsortinterface.go (since Go 1.19).
 */
export function goSorted<Value>(values: readonly Value[], isLess: (one: Value, other: Value) => boolean): readonly Value[] {
  const sorted = [...values];
  const at = (place: number): Value => sorted[place] as Value;
  const list: Sortable = {
    isLess: (one, other) => isLess(at(one), at(other)),
    swap: (one, other) => {
      [sorted[one], sorted[other]] = [at(other), at(one)];
    },
  };
  quickSort(list, 0, sorted.length, bitsOf(sorted.length));
  return sorted;
}

const bitsOf = (number: number): number => (number === 0 ? 0 : number.toString(2).length);

function quickSort(list: Sortable, from: number, to: number, badMax: number): void {
  let [start, end, bad] = [from, to, badMax];
  let [wasBalanced, wasPartitioned] = [true, true];
  while (end - start > insertionMax) {
    const length = end - start;
    if (bad === 0) {
      heapSort(list, start, end);
      return;
    }
    if (!wasBalanced) {
      breakPatterns(list, start, end);
      bad -= 1;
    }
    let { pivot, hint } = choosePivot(list, start, end);
    if (hint === 'falling') {
      for (let [left, right] = [start, end - 1]; left < right; left += 1, right -= 1) list.swap(left, right);
      pivot = end - 1 - (pivot - start);
      hint = 'rising';
    }
    if (wasBalanced && wasPartitioned && hint === 'rising' && isSoonSorted(list, start, end)) return;
    if (start > 0 && !list.isLess(start - 1, pivot)) {
      start = partitionEqual(list, start, end, pivot);
      continue;
    }
    const { middle, isSorted } = partition(list, start, end, pivot);
    wasPartitioned = isSorted;
    const isLeftShorter = middle - start < end - middle;
    wasBalanced = Math.min(middle - start, end - middle) >= Math.floor(length / 8);
    if (isLeftShorter) {
      quickSort(list, start, middle, bad);
      start = middle + 1;
    } else {
      quickSort(list, middle + 1, end, bad);
      end = middle;
    }
  }
  for (let place = start + 1; place < end; place += 1) sinkLeft(list, place, start);
}

/** Moves the value at a place to the left as long as it is less. */
function sinkLeft(list: Sortable, place: number, start: number): void {
  for (let at = place; at > start && list.isLess(at, at - 1); at -= 1) list.swap(at, at - 1);
}

/** Puts what is less than the pivot to its left; equal values go right. */
function partition(list: Sortable, start: number, end: number, pivot: number): { readonly middle: number; readonly isSorted: boolean } {
  list.swap(start, pivot);
  let [left, right, swaps] = [start + 1, end - 1, 0];
  for (;;) {
    while (left <= right && list.isLess(left, start)) left += 1;
    while (left <= right && !list.isLess(right, start)) right -= 1;
    if (left > right) break;
    list.swap(left, right);
    swaps += 1;
    left += 1;
    right -= 1;
  }
  list.swap(right, start);
  return { middle: right, isSorted: swaps === 0 };
}

/** Puts what equals the pivot, the least of all, first; gives where the rest begins. */
function partitionEqual(list: Sortable, start: number, end: number, pivot: number): number {
  list.swap(start, pivot);
  let [left, right] = [start + 1, end - 1];
  for (;;) {
    while (left <= right && !list.isLess(start, left)) left += 1;
    while (left <= right && list.isLess(start, right)) right -= 1;
    if (left > right) return left;
    list.swap(left, right);
    left += 1;
    right -= 1;
  }
}

/** Sorts what needs few moves only; whether that was enough. */
function isSoonSorted(list: Sortable, start: number, end: number): boolean {
  let place = start + 1;
  for (let moves = 0; moves < 5; moves += 1) {
    while (place < end && !list.isLess(place, place - 1)) place += 1;
    if (place === end) return true;
    if (end - start < 50) return false;
    list.swap(place, place - 1);
    if (place - start >= 2) sinkLeft(list, place - 1, 0);
    for (let at = place + 1; end - place >= 2 && at < end && list.isLess(at, at - 1); at += 1) list.swap(at, at - 1);
  }
  return false;
}

/** Scatters three values where a bad pivot came from; the numbers follow from the length (kubectl built with Go 1.23 shifts by 13, 17 and 5). */
function breakPatterns(list: Sortable, start: number, end: number): void {
  const length = end - start;
  const mask = BigInt(2 ** bitsOf(length) - 1);
  const middle = start + Math.floor(length / 4) * 2 - 1;
  let random = BigInt(length);
  for (let index = 0; index < 3; index += 1) {
    random ^= BigInt.asUintN(64, random << 13n);
    random ^= random >> 7n;
    random ^= BigInt.asUintN(64, random << 17n);
    const other = Number(random & mask);
    list.swap(middle + index, start + (other >= length ? other - length : other));
  }
}

/** The middle one of three values, or of three such threes; without or with all swaps the list seems sorted already. */
function choosePivot(list: Sortable, start: number, end: number): { pivot: number; hint: Hint } {
  const length = end - start;
  let swaps = 0;
  const ordered = (one: number, other: number): readonly [number, number] => {
    if (!list.isLess(other, one)) return [one, other];
    swaps += 1;
    return [other, one];
  };
  const median = (one: number, two: number, three: number): number => {
    const [low, high] = ordered(one, two);
    const [middle] = ordered(high, three);
    return ordered(low, middle)[1];
  };
  const quarter = Math.floor(length / 4);
  const places = [1, 2, 3].map((part) => start + quarter * part).map((place) => (length >= 50 ? median(place - 1, place, place + 1) : place));
  const [one = 0, two = 0, three = 0] = places;
  const pivot = median(one, two, three);
  return { pivot, hint: swaps === 0 ? 'rising' : swaps === 12 ? 'falling' : 'unknown' };
}

function heapSort(list: Sortable, start: number, end: number): void {
  const siftDown = (from: number, length: number): void => {
    for (let root = from; ;) {
      let child = 2 * root + 1;
      if (child >= length) return;
      if (child + 1 < length && list.isLess(start + child, start + child + 1)) child += 1;
      if (!list.isLess(start + root, start + child)) return;
      list.swap(start + root, start + child);
      root = child;
    }
  };
  for (let root = Math.floor((end - start - 1) / 2); root >= 0; root -= 1) siftDown(root, end - start);
  for (let last = end - start - 1; last >= 0; last -= 1) {
    list.swap(start, start + last);
    siftDown(0, last);
  }
}
