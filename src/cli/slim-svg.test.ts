import { describe, expect, test } from 'vitest';
import { pruneSheet, slimSvg } from './slim-svg.ts';

const css = '[data-kind="x"] .edge{stroke:red;}[data-kind="x"] .node rect{fill:blue;}';

describe('slimSvg', () => {
  test.each([
    ['drops ids that nobody refers to', '<svg data-kind="x"><path id="a" d="M0 0"/></svg>', '<svg data-kind="x"><path d="M0 0"/></svg>'],
    [
      'keeps ids of markers and labels',
      '<svg data-kind="x" aria-labelledby="t"><title id="t">T</title><marker id="m"/><path marker-end="url(#m)"/></svg>',
      '<svg data-kind="x" aria-labelledby="t"><title id="t">T</title><marker id="m"/><path marker-end="url(#m)"/></svg>',
    ],
    ['keeps styled classes and categories, once', '<svg><g class="edge edge plain pod"><path/></g></svg>', '<svg><g class="edge pod"><path/></g></svg>'],
    [
      'drops fonts, style and colours of its own',
      '<svg><text font-size="16" style="x:y" fill="#eaeaea" x="1">a</text></svg>',
      '<svg><text x="1">a</text></svg>',
    ],
    [
      'joins spans without attributes',
      '<svg><text><tspan x="0"><tspan class="a">one</tspan><tspan class="a"> two</tspan></tspan></text></svg>',
      '<svg><text><tspan x="0">one two</tspan></text></svg>',
    ],
    ['drops empty boxes and groups', '<svg><g class="edge"><rect/></g><g><path/></g></svg>', '<svg><path/></svg>'],
  ])('%s', (_, svg, slim) => {
    expect(slimSvg(svg, css)).toBe(slim);
  });
});

test('pruneSheet keeps the rules that a picture needs', () => {
  const sheet =
    '@keyframes dash{to{a:b;}}[data-kind="x"] .edge,[data-kind="x"] .other{stroke:red;font-family:Arial;}[data-kind="x"] .neo{a:b;}[data-kind="x"] p{margin:0;}[data-kind="x"] :root{--m:1;}';
  expect(pruneSheet(sheet, '<svg><path class="thick edge"/></svg>')).toBe('[data-kind="x"] .edge{stroke:red;}\n');
});
