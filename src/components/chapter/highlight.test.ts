import { describe, expect, test } from 'vitest';
import { highlightListing } from './highlight.ts';

const codeOf = async (code: string, language: 'yaml' | 'sh'): Promise<string | undefined> =>
  /<code>([\s\S]*)<\/code>/.exec(await highlightListing(code, language, { marks: new Map() }, 'a'))?.[1];

describe('code is written with as little as can be', () => {
  test.each([
    ['keys and texts', 'a:\n  - bc: d e', '<b>a</b>:\n  - <b>bc</b>: <i>d e</i>'],
    ['numbers keep their class', 'replicas: 2', '<b>replicas</b>:<span class="t-constant"> 2</span>'],
    ['lists in a line', 'values: [n1]', '<b>values</b>: [<i>n1</i>]'],
    ['the sign of a long text is no key', 'a: |\n  b: c', '<b>a</b>: |\n  <i>b: c</i>'],
    ['an empty text', "a: ''", "<b>a</b>: <i>''</i>"],
    ['two objects', 'a: b\n---\na: c', '<b>a</b>: <i>b</i>\n---\n<b>a</b>: <i>c</i>'],
  ])('manifests: %s', async (_, code, html) => {
    expect(await codeOf(code, 'yaml')).toBe(html);
  });

  test.each([
    ['the program stands out, its arguments do not', 'kubectl get pv --all', '<b>kubectl</b> get pv --all'],
    ['on each line', 'a b\nc', '<b>a</b> b\n<b>c</b>'],
    ['quotes and pipes are text', "a 'b c' | d", "<b>a</b> 'b c' | <b>d</b>"],
  ])('commands: %s', async (_, code, html) => {
    expect(await codeOf(code, 'sh')).toBe(html);
  });
});
