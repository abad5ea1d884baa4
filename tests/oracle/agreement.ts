import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileVerdict } from './compare-file.ts';
import { tallyBySubject } from './report.ts';

/** What the site shows beside a lab: how many recorded cases its model gets right. */
export interface Agreement {
  readonly lookups: Readonly<Record<string, { readonly agree: number; readonly of: number }>>;
}

const agreementFile = fileURLToPath(new URL('../../src/data/agreement.json', import.meta.url));

/** The figures of some files, with the key under which the site looks for a shape. */
export function agreementOf(files: readonly FileVerdict[]): Agreement {
  const tallies = Object.entries(tallyBySubject(files.filter(({ shape }) => shape === 'resolver')));
  return { lookups: Object.fromEntries(tallies.map(([subject, { agree, of }]) => [subject, { agree, of }])) };
}

/** The file as it stands. */
export function writtenAgreement(): unknown {
  return JSON.parse(readFileSync(agreementFile, 'utf8'));
}

/** Refreshes the figures that the files give; others stay. */
export function writeAgreement(files: readonly FileVerdict[]): void {
  let before: Partial<Agreement> = {};
  try {
    before = writtenAgreement() as Partial<Agreement>;
  } catch {
    // The first time there is nothing to keep.
  }
  const lookups = Object.entries({ ...before.lookups, ...agreementOf(files).lookups }).sort(([one], [other]) => (one < other ? -1 : 1));
  const agreement: Agreement = { ...before, lookups: Object.fromEntries(lookups) };
  writeFileSync(agreementFile, `${JSON.stringify(agreement, null, 2)}\n`);
}
