import path from 'node:path';
import ts from 'typescript';
import type { Tree } from './rules.ts';

/**
 * The files of the tree that a file names in its imports and re-exports. In labs those of types count, too; in the site only what is loaded: the player's
 * runtime and what serves it know each other by their types. What is fetched later (`import()`) never counts: so a page leaves out what it needs not yet.
 */
function namedBy(tree: Tree, file: string): readonly string[] {
  return ts.createSourceFile(file, tree.get(file) ?? '', ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const isErased = ts.isImportDeclaration(statement) ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : statement.isTypeOnly;
    if (isErased && !file.startsWith('labs/')) return [];
    const from = statement.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return [];
    const named = path.posix.join(path.posix.dirname(file), from.text);
    return tree.has(named) ? [named] : [];
  });
}

/** Ways along imports that lead back to where they began, one for each circle that is met; each begins with its first file in the alphabet. */
export function circles(tree: Tree): readonly string[] {
  const done = new Set<string>();
  const found = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) {
      const circle = way.slice(start);
      const first = circle.indexOf(circle.toSorted()[0] ?? file);
      found.add([...circle.slice(first), ...circle.slice(0, first), circle[first]].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const named of namedBy(tree, file)) visit(named, [...way, file]);
    done.add(file);
  };
  for (const file of [...tree.keys()].toSorted()) if (/^(?:labs|src)\/.*(?<!\.test)\.tsx?$/u.test(file)) visit(file, []);
  return [...found];
}
