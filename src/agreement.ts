import { z } from 'astro/zod';
import type { Meta, Recording } from '../labs/lab.ts';

const countFile = z.record(z.string(), z.record(z.string(), z.object({ agree: z.number().int(), of: z.number().int() })));

// Made by `npm run oracle -- --write`; until that has run there is nothing to claim.
const files = import.meta.glob<unknown>('./data/agreement.json', { eager: true, import: 'default' });
const counts = countFile.parse(Object.values(files)[0] ?? {});

/** What one recorded case is called, in the plural. */
const nouns: Readonly<Record<Recording, string>> = {
  lookups: 'lookups',
  volumes: 'storage scenarios',
  scheduling: 'scheduling scenarios',
  packets: 'packet flows',
  'kube-proxy': 'rule sets',
};

/** How many recordings of the real thing a model agrees with. */
export interface Agreement {
  /** What was recorded: "glibc 2.36". */
  readonly source: string;
  /** What one case is called, in the plural: "lookups". */
  readonly noun: string;
  readonly agree: number;
  readonly of: number;
}

/** The recordings that a lab's model is compared with, by source; empty when there are none. */
export function agreementOf({ recordings = [] }: Pick<Meta, 'recordings'>): readonly Agreement[] {
  return recordings.flatMap((recording) =>
    Object.entries(counts[recording] ?? {}).map(([source, count]) => ({ source: source.replace('-', ' '), noun: nouns[recording], ...count })),
  );
}

/** All recordings that models are compared with, by kind and source. */
export const recorded: readonly Agreement[] = agreementOf({ recordings: ['lookups', 'volumes', 'scheduling', 'packets', 'kube-proxy'] });
