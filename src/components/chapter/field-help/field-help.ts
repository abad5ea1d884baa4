import type { Plain } from '../../../../labs/lab.ts';
import { readYaml } from '../../../../labs/reading/read-yaml.ts';
import { findField, fieldPath, fieldsOf, leftOut, needOf, typeInWords, valuesOf, type FieldPath, type Manifest } from './facts.ts';
import { referenceOf } from './reference.ts';
import { textOf, type FieldTexts } from './texts.ts';

/** What the card of a field shows, as it is fetched. Texts have code between back-ticks. */
export interface FieldHelp {
  readonly path: string;
  /** Type, and whether it may be left out: `text, optional`. */
  readonly facts: string;
  readonly is: string;
  readonly values?: readonly string[];
  /** What the API server writes where it was left out. */
  readonly without?: string;
  readonly term?: string;
  /** Its section in the official reference. */
  readonly reference: string;
}

/** Keys that a reader chooses have a type, but nobody asks for them and nothing replaces them. */
function helpOf(object: Manifest, path: FieldPath, texts: FieldTexts): FieldHelp {
  const [kind, shown] = [object.kind, fieldPath(path)];
  const text = textOf(texts, kind, path);
  if (text === undefined) throw new Error(`content/data/fields.yaml: ${kind} has no text for ${shown}. Expected "${kind}:" with "${shown}: { is: … }".`);
  const { field, owner } = findField(object, path);
  const isOwnKey = findField(object, path.slice(0, -1)).field?.form === 'map';
  const need = needOf(object, path, field);
  const without = need === 'optional' && !isOwnKey ? leftOut(object, path) : undefined;
  const values = field === undefined ? [] : valuesOf(field);
  return {
    path: shown,
    facts: [field === undefined ? 'anything' : typeInWords(field), ...(isOwnKey ? [] : [need])].join(', '),
    is: text.is,
    ...(values.length > 0 && { values }),
    ...(without !== undefined && { without }),
    ...(text.term !== undefined && { term: text.term }),
    reference: referenceOf(object.apiVersion, kind, owner),
  };
}

/**
 * Help for every field of a manifest, in the order of its text: for the nth key of its listing. Types, values and what is required come from the tables of
 * v1.37, what is filled in from the engine's review. Throws for a field without a text, a field that its kind has not, and a manifest that cannot be read.
 */
export function fieldHelp(manifest: string, texts: FieldTexts): readonly FieldHelp[] {
  const { documents, errors } = readYaml(manifest);
  const [error] = errors;
  if (error !== undefined) throw new Error(error.message);
  return documents.flatMap(({ value }: { readonly value: Plain }) => fieldsOf(value).map((path) => helpOf(value as Manifest, path, texts)));
}
