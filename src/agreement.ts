import { z } from 'astro/zod';
import type { Meta } from '../labs/lab.ts';

const countFile = z.looseObject({ lookups: z.record(z.string(), z.object({ agree: z.number().int(), of: z.number().int() })).default({}) });

// Made by `npm run oracle -- --write`; until that has run there is nothing to claim.
const files = import.meta.glob<unknown>('./data/agreement.json', { eager: true, import: 'default' });
const counts = countFile.parse(Object.values(files)[0] ?? {});

/** How many recordings of the real thing a model agrees with. */
export interface Agreement {
  /** What was recorded: "glibc 2.36". */
  readonly source: string;
  readonly agree: number;
  readonly of: number;
}

/** The recordings that a lab's model is compared with, by source; empty when there are none. */
export function agreementOf({ recordings }: Pick<Meta, 'recordings'>): readonly Agreement[] {
  return recordings === 'lookups' ? recordedLookups : [];
}

/** The agreement of the resolver models with recorded lookups, by C library and version. */
export const recordedLookups: readonly Agreement[] = Object.entries(counts.lookups).map(([source, count]) => ({ source: source.replace('-', ' '), ...count }));
