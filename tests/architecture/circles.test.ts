import { describe, expect, test } from 'vitest';
import { circles } from './circles.ts';
import { projectTree } from './project-tree.ts';

test('no file imports itself round about; in labs not for a type either', () => {
  expect(circles(projectTree())).toEqual([]);
});

describe('a planted circle is found', () => {
  test.each([
    { name: 'of two, by a type in a lab', folder: 'labs/x', b: "import type { A } from './a.ts';", says: ['a → b → a'] },
    { name: 'none, by a type in the site', folder: 'src', b: "import type { A } from './a.ts';", says: [] },
    { name: 'of three, by a re-export', folder: 'src', b: "export * from './c.ts';", says: ['a → b → c → a'] },
    { name: 'none, where the way back is fetched later', folder: 'labs/x', b: "void import('./a.ts');", says: [] },
  ])('$name', ({ folder, b, says }) => {
    const tree = new Map([
      [`${folder}/a.ts`, "import { b } from './b.ts';"],
      [`${folder}/b.ts`, b],
      [`${folder}/c.ts`, "import { a } from './a.ts';"],
    ]);
    expect(circles(tree).map((circle) => circle.replaceAll(`${folder}/`, '').replaceAll('.ts', ''))).toEqual(says);
  });
});
