import { allTables } from '../../labs/reading/all-tables.ts';
import { knownKinds } from '../../labs/reading/fields-tables.ts';
import { decodeFields } from '../../labs/reading/manifests-decode.ts';
import { nothingToApply, readManifests } from '../../labs/reading/manifests.ts';
import type { Plain } from '../../labs/lab.ts';
import type { ComparedCase, Comparator } from './comparator.ts';

interface RecordedApply {
  readonly id: string;
  readonly stdin: string;
  /** What kubectl printed to stderr, with the API server's answer. */
  readonly server: string;
  /** The same with --dry-run=client: only what kubectl finds itself. */
  readonly client: string;
}

interface RecordedDecoding {
  readonly object: Readonly<Record<string, Plain>>;
  readonly error: string;
}

interface StrictDecoding {
  readonly apply: readonly RecordedApply[];
  readonly decoder: readonly RecordedDecoding[];
}

/** What decoding decides; of everything later (validation, admission) it says nothing. The recorder's namespace was another one. */
function decided(stderr: string): string {
  if (!/^(?:error: |Error from server \(BadRequest\): )/u.test(stderr)) return '';
  return stderr.trim().replace('Namespace: "err"', 'Namespace: "default"');
}

/** What the model says that kubectl prints. */
export function printedFor(text: string): string {
  const { objects, errors } = readManifests(text, allTables);
  if (objects.length === 0 && errors.length === 0) return nothingToApply;
  return errors.flatMap(({ kubectl }) => (kubectl === undefined ? [] : [kubectl])).join('\n');
}

function comparedApply({ id, stdin, server, client }: RecordedApply): readonly ComparedCase[] {
  const printed = printedFor(stdin);
  return [
    { id: `apply/${id}/server`, subject: 'kubectl apply', expected: { stdin, printed: decided(server) }, got: { printed } },
    {
      id: `apply/${id}/client`,
      subject: 'kubectl apply',
      expected: { stdin, printed: decided(client) },
      got: { printed: printed.startsWith('error: ') ? printed : '' },
    },
  ];
}

function comparedDecoding(recorded: RecordedDecoding, index: number): ComparedCase {
  const { object } = recorded;
  const kind = knownKinds().find((each) => each.kind === object.kind && each.apiVersion === object.apiVersion);
  if (kind === undefined) throw new Error(`decoder/${index + 1}: ${JSON.stringify(object.kind)} is no kind of the tables`);
  return {
    id: `decoder/${index + 1}`,
    subject: 'strict decoder',
    expected: recorded,
    got: { error: decodeFields(allTables, kind.type, object).answer?.text ?? '' },
  };
}

const isStrictDecoding = (content: unknown): content is { readonly strictDecoding: StrictDecoding } =>
  typeof content === 'object' && content !== null && 'strictDecoding' in content;

/** What kubectl and the API server say of manifests before validation: kinds, unknown fields, types. */
export const strictDecodingComparator: Comparator = {
  shape: 'strict-decoding',
  recognises: isStrictDecoding,
  compare: (content) => {
    if (!isStrictDecoding(content)) return [];
    const { apply, decoder } = content.strictDecoding;
    return [...apply.flatMap(comparedApply), ...decoder.map(comparedDecoding)];
  },
};
