import type { Comparator } from './comparator.ts';
import { functionsComparator } from './functions-comparator.ts';
import { patchComparator } from './patch-comparator.ts';
import { resolverComparator } from './resolver-comparator.ts';

/** All shapes of recordings that can be compared. */
export const comparators: readonly Comparator[] = [resolverComparator, functionsComparator, patchComparator];
