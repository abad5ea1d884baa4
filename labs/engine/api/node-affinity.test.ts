import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchNodeSelector, matchesNodeSelector, type NodeSelector } from './node-affinity.ts';

const node = { name: 'n1', labels: { zone: 'a', gen: '3' } };
const label = (key: string, operator: string, values?: readonly string[]): NodeSelector => ({
  nodeSelectorTerms: [{ matchExpressions: [{ key, operator, ...(values && { values }) }] }],
});
const field = (operator: string, values: readonly string[]): NodeSelector => ({
  nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator, values }] }],
});

describe('a node selector', () => {
  test.each<[string, NodeSelector, boolean]>([
    ['without terms matches nothing', { nodeSelectorTerms: [] }, false],
    ['with an empty term matches nothing', { nodeSelectorTerms: [{}] }, false],
    ['needs all conditions of a term', { nodeSelectorTerms: [...label('zone', 'Exists').nodeSelectorTerms, ...label('x', 'Exists').nodeSelectorTerms] }, true],
    ['compares numbers', label('gen', 'Lt', ['10']), true],
    ['knows no smaller text', label('zone', 'Lt', ['10']), false],
    ['takes a missing label as not in', label('x', 'NotIn', ['a']), true],
    ['looks at the name', field('In', ['n1']), true],
    ['looks at the name, otherwise', field('NotIn', ['n1']), false],
    ['goes on after a wrong term', { nodeSelectorTerms: [...label('gen', 'Gt', ['x']).nodeSelectorTerms, ...field('In', ['n1']).nodeSelectorTerms] }, true],
  ])('%s', (_, selector, matches) => {
    expect(matchNodeSelector(selector, node).matches).toBe(matches);
    expect(matchNodeSelector(selector, node).message === undefined).toBe(true);
  });

  test.each<[string, NodeSelector, string]>([
    [
      'absent values',
      label('zone', 'In'),
      "nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
    ],
    [
      'an unknown operator',
      label('zone', 'Near', ['a']),
      'nodeSelectorTerms[0].matchExpressions[0].operator: Unsupported value: "Near": supported values: "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"',
    ],
    ['two names', field('In', ['n1', 'n2']), 'nodeSelectorTerms[0].matchFields[0].values: Invalid value: ["n1","n2"]: must have one element'],
    [
      'a field that must exist',
      field('Exists', []),
      'nodeSelectorTerms[0].matchFields[0].operator: Unsupported value: "Exists": supported values: "In", "NotIn"',
    ],
    [
      'two mistakes in two terms, an empty one between',
      { nodeSelectorTerms: [...label('gen', 'Gt', ['x', '1']).nodeSelectorTerms, {}, ...field('In', []).nodeSelectorTerms] },
      '[nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: ["x","1"]: for \'Gt\', \'Lt\' operators, exactly one value is required, ' +
        "nodeSelectorTerms[0].matchExpressions[0].values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer, " +
        'nodeSelectorTerms[2].matchFields[0].values: Invalid value: []: must have one element]',
    ],
  ])('with %s says so', (_, selector, message) => {
    expect(matchNodeSelector(selector, node)).toEqual({ matches: false, message });
  });

  test('matches what one of its terms matches', () => {
    const term = fc.record({
      matchExpressions: fc.array(
        fc.record({
          key: fc.constantFrom('zone', 'gen', 'x'),
          operator: fc.constantFrom('In', 'NotIn'),
          values: fc.subarray(['a', '3', ''], { minLength: 1 }),
        }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(fc.array(term, { maxLength: 3 }), (nodeSelectorTerms) => {
        const alone = nodeSelectorTerms.some((each) => matchesNodeSelector({ nodeSelectorTerms: [each] }, node));
        expect(matchesNodeSelector({ nodeSelectorTerms }, node)).toBe(alone);
      }),
    );
  });
});
