import { labelValue, qualifiedName } from '../../reading/name-rules.ts';
import { aggregated, invalid, quoted } from './selectors-problem.ts';

export type Labels = Readonly<Record<string, string>>;

/** One condition of a selector, as objects carry it. */
export interface LabelSelectorRequirement {
  readonly key: string;
  /** In, NotIn, Exists or DoesNotExist; in a node's terms also Gt and Lt. */
  readonly operator: string;
  readonly values?: readonly string[];
}

/** `spec.selector` of a Deployment, `podSelector` of a policy and so on. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** As they are written after `-l`; `exists` is the key alone, `!` stands before it. */
export type Operator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!';

/** One condition that was found right; all of a list must hold. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** A value, or why there is none, in the API server's words. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Reads a whole number as Go's ParseInt does: a sign, digits, 64 bits. Undefined if it is none. */
export function wholeNumber(text: string): bigint | undefined {
  if (!/^[-+]?\d+$/u.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** What is wrong with the number of values, or with numbers among them. */
function wrongValues(operator: Operator, values: readonly string[] | undefined, field: string): readonly string[] {
  const count = values?.length ?? 0;
  const wrong = (detail: string): readonly string[] => [invalid(field, { list: values }, detail)];
  switch (operator) {
    case 'in':
    case 'notin':
      return count === 0 ? wrong("for 'in', 'notin' operators, values set can't be empty") : [];
    case '=':
    case '==':
    case '!=':
      return count === 1 ? [] : wrong('exact-match compatibility requires one single value');
    case 'exists':
    case '!':
      return count === 0 ? [] : wrong('values set must be empty for exists and does not exist');
    case 'gt':
    case 'lt': {
      const noNumber = (values ?? []).flatMap((value, index) =>
        wholeNumber(value) === undefined ? [invalid(`${field}[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer")] : [],
      );
      return [...(count === 1 ? [] : wrong("for 'Gt', 'Lt' operators, exactly one value is required")), ...noNumber];
    }
  }
}

/** A condition before it is checked. */
export interface WrittenRequirement {
  readonly key: string;
  readonly operator: Operator;
  /** Absent and empty are shown differently. */
  readonly values: readonly string[] | undefined;
}

/** All that is wrong with a condition; `path` leads to it, with a dot at its end, or is empty. Models apimachinery labels/selector.go, NewRequirement. */
export function requirementErrors({ key, operator, values }: WrittenRequirement, path = ''): readonly string[] {
  const wrongKey = qualifiedName(key);
  return [
    ...(wrongKey.length === 0 ? [] : [invalid(`${path}key`, key, wrongKey.join('; '))]),
    ...wrongValues(operator, values, `${path}values`),
    ...(values ?? []).flatMap((value, index) => {
      const wrong = labelValue(value);
      return wrong.length === 0 ? [] : [invalid(`${path}values[${index}][${key}]`, value, wrong.join('; '))];
    }),
  ];
}

/** The condition, if it is right. */
export function requirement(written: WrittenRequirement): Read<Requirement> {
  const errors = requirementErrors(written);
  return errors.length > 0 ? { ok: false, message: aggregated(errors) } : { ok: true, value: { ...written, values: written.values ?? [] } };
}

/** Sorted by key, equal keys as they stood. */
export function sortedByKey(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.toSorted((one, other) => (one.key === other.key ? 0 : one.key < other.key ? -1 : 1));
}

const selectorOperators: Readonly<Partial<Record<string, Operator>>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' };

/**
 * The conditions of an object's selector. An absent selector gives undefined: it selects nothing; an empty one selects everything.
 * Models apimachinery apis/meta/v1/helpers.go, LabelSelectorAsSelector.
 */
export function selectorRequirements(selector: LabelSelector | null | undefined): Read<readonly Requirement[] | undefined> {
  if (selector === undefined || selector === null) return { ok: true, value: undefined };
  const found: Requirement[] = [];
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]): WrittenRequirement => ({ key, operator: '=', values: [value] }));
  for (const written of labels) {
    const checked = requirement(written);
    if (!checked.ok) return checked;
    found.push(checked.value);
  }
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const known = Object.hasOwn(selectorOperators, operator) ? selectorOperators[operator] : undefined;
    if (known === undefined) return { ok: false, message: `${quoted(operator)} is not a valid label selector operator` };
    const checked = requirement({ key, operator: known, values: values.length === 0 ? undefined : values });
    if (!checked.ok) return checked;
    found.push(checked.value);
  }
  return { ok: true, value: sortedByKey(found) };
}

function meets({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
    case '=':
    case '==':
      return value !== undefined && values.includes(value);
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt': {
      const [wanted, held] = [wholeNumber(values[0] ?? ''), wholeNumber(value ?? '')];
      if (wanted === undefined || held === undefined) return false;
      return operator === 'gt' ? held > wanted : held < wanted;
    }
  }
}

/** Whether all conditions hold; undefined, as an absent selector gives it, matches nothing. */
export function matchesRequirements(requirements: readonly Requirement[] | undefined, labels: Labels): boolean {
  return requirements?.every((each) => meets(each, labels)) ?? false;
}

/** Whether an object's selector selects these labels. An absent or a wrong selector selects nothing. */
export function matchesLabels(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  const requirements = selectorRequirements(selector);
  return requirements.ok && matchesRequirements(requirements.value, labels);
}

function requirementText({ key, operator, values }: Requirement): string {
  const listed = values.toSorted().join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${listed})`;
    case 'gt':
      return `${key}>${listed}`;
    case 'lt':
      return `${key}<${listed}`;
    case '=':
    case '==':
    case '!=':
      return `${key}${operator}${listed}`;
  }
}

/** The conditions as `kubectl get -l` takes them. */
export function requirementsText(requirements: readonly Requirement[]): string {
  return requirements.map((each) => requirementText(each)).join(',');
}

/** An object's selector as kubectl shows it: `<none>` for an empty one, `<error>` for a wrong one. */
export function selectorText(selector: LabelSelector | null | undefined): string {
  const requirements = selectorRequirements(selector);
  if (!requirements.ok) return '<error>';
  const text = requirementsText(requirements.value ?? []);
  return text === '' ? '<none>' : text;
}
