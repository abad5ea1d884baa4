import { fieldSelectorText, parseFieldSelector } from '../../labs/engine/api/selectors-fields.ts';
import { parseLabelSelector } from '../../labs/engine/api/selectors-parse.ts';
import {
  matchesLabels,
  matchesRequirements,
  requirementsText,
  selectorRequirements,
  selectorText,
  type Labels,
  type LabelSelector,
} from '../../labs/engine/api/selectors.ts';
import type { ComparedCase } from './comparator.ts';

export interface RecordedSelectors {
  readonly parse?: readonly { readonly in: string }[];
  readonly labelSelector?: readonly { readonly selector: LabelSelector | null }[];
  readonly fieldSelector?: readonly { readonly in: string }[];
  /** What each selector was tried on. */
  readonly labelSets?: readonly Labels[];
}

function parsedLabels(text: string, labelSets: readonly Labels[]): Record<string, unknown> {
  const read = parseLabelSelector(text);
  if (!read.ok) return { error: read.message };
  return {
    canonical: requirementsText(read.value),
    empty: read.value.length === 0,
    matches: labelSets.map((labels) => matchesRequirements(read.value, labels)),
  };
}

function convertedSelector(selector: LabelSelector | null, labelSets: readonly Labels[]): Record<string, unknown> {
  const read = selectorRequirements(selector);
  if (!read.ok) return { error: read.message };
  return {
    formatted: selectorText(selector),
    string: requirementsText(read.value ?? []),
    matches: labelSets.map((labels) => matchesLabels(selector, labels)),
  };
}

function parsedFields(text: string): Record<string, unknown> {
  const read = parseFieldSelector(text);
  if (!read.ok) return { error: read.message };
  return { canonical: fieldSelectorText(read.value), requirements: read.value.map(({ field, operator, value }) => ({ field, op: operator, value })) };
}

/** The table `selectors`. */
export function comparedSelectors({ parse = [], labelSelector = [], fieldSelector = [], labelSets = [] }: RecordedSelectors): readonly ComparedCase[] {
  const subject = 'selectors';
  return [
    ...parse.map((expected, index) => ({ id: `selectors/parse/${index + 1}`, subject, expected, got: parsedLabels(expected.in, labelSets) })),
    ...labelSelector.map((expected, index) => ({
      id: `selectors/labelSelector/${index + 1}`,
      subject,
      expected,
      got: convertedSelector(expected.selector, labelSets),
    })),
    ...fieldSelector.map((expected, index) => ({ id: `selectors/fieldSelector/${index + 1}`, subject, expected, got: parsedFields(expected.in) })),
  ];
}
