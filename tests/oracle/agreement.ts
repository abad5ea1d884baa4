import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileVerdict } from './compare-file.ts';
import { tallyBySubject } from './report.ts';

/** What the site shows beside a lab: by kind of recording and source, how many recorded cases its model gets right. */
export type Agreement = Readonly<Record<string, Readonly<Record<string, { readonly agree: number; readonly of: number }>>>>;

const agreementFile = fileURLToPath(new URL('../../src/data/agreement.json', import.meta.url));

/** Shapes of files that the site tells of, and how it calls them (`Recording` in labs/lab.ts). Lookups name their library; a cluster has one version. */
const told: Readonly<Record<string, { readonly recording: string; readonly source?: string }>> = {
  resolver: { recording: 'lookups' },
  'pv-binding': { recording: 'volumes', source: 'Kubernetes-v1.36' },
  scheduling: { recording: 'scheduling', source: 'Kubernetes-v1.36' },
  'packet-paths': { recording: 'packets', source: 'Linux-6.18' },
  'kube-proxy': { recording: 'kube-proxy', source: 'Kubernetes-v1.36' },
};

/** The figures of some files, with the keys under which the site looks for them. What has one source counts together, whatever its subjects. */
export function agreementOf(files: readonly FileVerdict[]): Agreement {
  const figures = Object.entries(told).map(([shape, { recording, source }]) => {
    const counts: Record<string, { agree: number; of: number }> = {};
    for (const [subject, { agree, of }] of Object.entries(tallyBySubject(files.filter((file) => file.shape === shape)))) {
      const before = counts[source ?? subject];
      counts[source ?? subject] = { agree: agree + (before?.agree ?? 0), of: of + (before?.of ?? 0) };
    }
    return [recording, counts] as const;
  });
  return Object.fromEntries(figures.filter(([, counts]) => Object.keys(counts).length > 0));
}

/** The file as it stands. */
export function writtenAgreement(): unknown {
  return JSON.parse(readFileSync(agreementFile, 'utf8'));
}

/** Refreshes the figures that the files give; others stay. */
export function writeAgreement(files: readonly FileVerdict[]): void {
  let before: Agreement = {};
  try {
    before = writtenAgreement() as Agreement;
  } catch {
    // The first time there is nothing to keep.
  }
  const fresh = agreementOf(files);
  const recordings = [...new Set([...Object.keys(before), ...Object.keys(fresh)])].sort();
  const agreement = Object.fromEntries(recordings.map((recording) => [recording, sorted({ ...before[recording], ...fresh[recording] })]));
  writeFileSync(agreementFile, `${JSON.stringify(agreement, null, 2)}\n`);
}

function sorted<Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));
}
