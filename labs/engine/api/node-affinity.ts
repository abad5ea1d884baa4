import { aggregated, invalid, notSupported } from './selectors-problem.ts';
import { matchesRequirements, requirementErrors, type LabelSelectorRequirement, type Labels, type Operator, type Requirement } from './selectors.ts';

interface NodeSelectorTerm {
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
  /** Only `metadata.name` is a field. */
  readonly matchFields?: readonly LabelSelectorRequirement[];
}

/** `requiredDuringSchedulingIgnoredDuringExecution`, or a volume's `nodeAffinity.required`: one of the terms must match. */
export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

/** What a node selector looks at. */
export interface SelectableNode {
  readonly name: string;
  readonly labels: Labels;
}

/** Whether it matches; the message says what is wrong with terms, and is only there if none of the right ones matches. */
export interface NodeSelectorMatch {
  readonly matches: boolean;
  readonly message?: string;
}

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
  ['Gt', 'gt'],
  ['Lt', 'lt'],
]);

/** Conditions with all errors among them. */
interface Checked {
  readonly requirements: readonly Requirement[];
  readonly errors: readonly string[];
}

function checkedLabel({ key, operator, values }: LabelSelectorRequirement, path: string): Checked {
  const known = operators.get(operator);
  if (known === undefined) return { requirements: [], errors: [notSupported(`${path}.operator`, operator, [...operators.keys()])] };
  return { requirements: [{ key, operator: known, values: values ?? [] }], errors: requirementErrors({ key, operator: known, values }, `${path}.`) };
}

/** Fields know only In and NotIn, with one value. */
function checkedField({ key, operator, values }: LabelSelectorRequirement, path: string): Checked {
  if (operator !== 'In' && operator !== 'NotIn') return { requirements: [], errors: [notSupported(`${path}.operator`, operator, ['In', 'NotIn'])] };
  if (values?.length !== 1) return { requirements: [], errors: [invalid(`${path}.values`, { list: values }, 'must have one element')] };
  return { requirements: [{ key, operator: operator === 'In' ? 'in' : 'notin', values }], errors: [] };
}

function readTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, path: string) {
  const labels = matchExpressions.map((each, index) => checkedLabel(each, `${path}.matchExpressions[${index}]`));
  const fields = matchFields.map((each, index) => checkedField(each, `${path}.matchFields[${index}]`));
  return {
    errors: [...labels, ...fields].flatMap(({ errors }) => errors),
    labels: labels.flatMap(({ requirements }) => requirements),
    fields: fields.flatMap(({ requirements }) => requirements),
  };
}

/** Tries the terms one after the other; an empty term matches nothing. Models component-helpers scheduling/corev1/nodeaffinity, LazyErrorNodeSelector. */
export function matchNodeSelector({ nodeSelectorTerms }: NodeSelector, { name, labels }: SelectableNode): NodeSelectorMatch {
  const errors: string[] = [];
  // A field that is not there counts as empty; a node without a name has no fields to look at.
  const fieldsOf = (requirements: readonly Requirement[]): Labels => ({
    ...Object.fromEntries(requirements.map(({ key }) => [key, ''])),
    'metadata.name': name,
  });
  for (const [index, term] of nodeSelectorTerms.entries()) {
    if ((term.matchExpressions ?? []).length + (term.matchFields ?? []).length === 0) continue;
    const read = readTerm(term, `nodeSelectorTerms[${index}]`);
    errors.push(...read.errors);
    if (read.errors.length > 0 || !matchesRequirements(read.labels, labels)) continue;
    if (name === '' || matchesRequirements(read.fields, fieldsOf(read.fields))) return { matches: true };
  }
  return { matches: false, ...(errors.length > 0 && { message: aggregated(errors) }) };
}

/** Whether a node meets a node selector; wrong terms match nothing. */
export function matchesNodeSelector(nodeSelector: NodeSelector, node: SelectableNode): boolean {
  return matchNodeSelector(nodeSelector, node).matches;
}
