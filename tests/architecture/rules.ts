import path from 'node:path';
import ts from 'typescript';

/** Path below the project’s root (with `/`) → text. */
export type Tree = ReadonlyMap<string, string>;

const sources = /\.(?:ts|tsx|mts|mjs|astro)$/u;
const tests = /(?:\.test\.tsx?|\/testing\.ts)$/u;

/** The imports of a file, bare ones and re-exports included; relative ones as paths below the root. */
export function importsOf(file: string, text: string): readonly string[] {
  const script = file.endsWith('.astro')
    ? [...text.matchAll(/(?:^---$([\s\S]*?)^---$|<script[^>]*>([\s\S]*?)<\/script>)/gmu)].map((match) => match[1] ?? match[2] ?? '').join('\n')
    : text;
  return ts
    .preProcessFile(script, true, true)
    .importedFiles.map(({ fileName }) => (fileName.startsWith('.') ? path.posix.join(path.posix.dirname(file), fileName) : fileName));
}

/** What a file loads when it runs: imports and re-exports but those of types alone, and not what it fetches later. */
function loadsOf(file: string, text: string): readonly string[] {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    const isErased = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : ts.isExportDeclaration(statement) && statement.isTypeOnly;
    if (isErased || !(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))) return [];
    const from = statement.moduleSpecifier;
    return from && ts.isStringLiteral(from) && from.text.startsWith('.') ? [path.posix.join(path.posix.dirname(file), from.text)] : [];
  });
}

/** The file and all that comes with it. */
function loadedWith(tree: Tree, file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const loaded of loadsOf(file, tree.get(file) ?? '')) loadedWith(tree, loaded, found);
  return found;
}

interface Layer {
  readonly name: string;
  readonly holds: (file: string) => boolean;
  /** Whether the layer may import this (a path below the root, or a package). */
  readonly may: (imported: string, file: string) => boolean;
}

const below =
  (...folders: readonly string[]) =>
  (file: string): boolean =>
    folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
const labOf = (file: string): string => file.split('/')[1] ?? '';
const shared: readonly string[] = ['engine', 'kit', 'reading'];
const isLabFile = (file: string): boolean => /^labs\/[^/]+\//u.test(file) && !shared.includes(labOf(file));
const isView = (file: string): boolean => file.endsWith('.tsx');
const preact = (imported: string): boolean => imported === 'preact' || imported.startsWith('preact/');

/** What the cluster itself applies to texts while it runs, and the readers apply before: names in selectors, amounts of resources. Both import nothing. */
const rulesForTexts: readonly string[] = ['labs/reading/name-rules.ts', 'labs/reading/quantity.ts'];

/** The arrows: who may import what. Packages that run in labs are listed here and nowhere else. */
export const layers: readonly Layer[] = [
  { name: 'the contract', holds: (file) => file === 'labs/lab.ts', may: () => false },
  { name: 'the engine', holds: below('labs/engine'), may: below('labs/engine', ...rulesForTexts) },
  { name: 'the readers', holds: below('labs/reading'), may: (imported) => imported === 'js-yaml' || below('labs/reading', 'labs/lab.ts')(imported) },
  {
    name: 'the kit',
    holds: below('labs/kit'),
    may: (imported, file) => below('labs/kit', 'labs/engine', 'labs/reading', 'labs/lab.ts')(imported) || (isView(file) && preact(imported)),
  },
  {
    name: 'a lab',
    holds: isLabFile,
    may: (imported, file) =>
      below(`labs/${labOf(file)}`, 'labs/kit', 'labs/engine', 'labs/reading', 'labs/lab.ts')(imported) || (isView(file) && preact(imported)),
  },
  { name: 'the site', holds: below('src'), may: (imported) => !imported.startsWith('labs/') || below('labs/lab.ts', 'labs/reading')(imported) },
];

/** What would make a model depend on the moment. The DOM, timers and the file system do not even compile there: labs/tsconfig.json has none of their types. */
const impure = /\bMath\.random\b|\bDate\.now\b|\bnew Date\b|\bimport\.meta\.(?:glob|env)\b|\bIntl\.DateTimeFormat\b/u;

/** Code without comments and texts: only there a banned word counts. */
function codeOf(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, isView(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isNewExpression(node) || ts.isMetaProperty(node))
      words.push(ts.isIdentifier(node) ? node.text : node.getText(source));
    if (ts.isImportDeclaration(node)) words.push(`from ${node.moduleSpecifier.getText(source)}`);
    // A field's name is not a global of the same name.
    if (ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isJsxAttribute(node)) {
      ts.forEachChild(node, (child) => {
        if (child !== node.name) visit(child);
      });
    } else ts.forEachChild(node, visit);
  };
  visit(source);
  return words.join('\n');
}

function wrongImports(file: string, text: string): readonly string[] {
  const layer = layers.find(({ holds }) => holds(file));
  if (layer === undefined || tests.test(file)) return [];
  return importsOf(file, text)
    .filter((imported) => !layer.may(imported, file))
    .map((imported) => `${file}: ${layer.name} may not import ${imported}`);
}

function impurities(file: string, text: string): readonly string[] {
  if (!file.startsWith('labs/') || tests.test(file) || isView(file)) return [];
  const found = impure.exec(codeOf(file, text));
  return found === null ? [] : [`${file}: a model may not use ${found[0]}`];
}

/** A lab that shows its runs without its models (decision 8) must not load them with the showing; what views draw with is no model. */
function modelsInReplay(tree: Tree, lab: string): readonly string[] {
  if (!tree.has(`labs/${lab}/replay.ts`)) return [];
  return ['replay.ts', 'view.tsx'].flatMap((name) =>
    [...loadedWith(tree, `labs/${lab}/${name}`)]
      .filter((file) => below(...shared.map((folder) => `labs/${folder}`))(file) && !isView(file))
      .map((file) => `labs/${lab}/${name}: it shows runs without models, yet loads ${file}`),
  );
}

const drawers = /(?:^|\/)(?:utils?|helpers?|common|misc|shared)(?:\.[a-z]+)?(?:\/|$)/u;

/** All that is wrong with the tree: imports against the arrows, impure models, drawers, labs without their fixed files. */
export function violations(tree: Tree): readonly string[] {
  const found: string[] = [];
  const labs = new Set<string>();
  for (const [file, text] of tree) {
    if (drawers.test(file)) found.push(`${file}: name the file by what it is about`);
    if (isLabFile(file)) labs.add(labOf(file));
    if (file.endsWith('.mdx') && /^(?:import|export)\s/mu.test(text)) found.push(`${file}: prose has no imports`);
    if (file.startsWith('content/') && !/\.(?:mdx|yaml)$|^content\/data\/recordings\/(?:[\w-]+\.json|README\.md)$/u.test(file))
      found.push(`${file}: content holds .mdx, .yaml and recordings only`);
    if (sources.test(file)) found.push(...wrongImports(file, text), ...impurities(file, text));
  }
  for (const lab of labs) {
    for (const name of ['lab.ts', 'read.ts', 'view.tsx']) if (!tree.has(`labs/${lab}/${name}`)) found.push(`labs/${lab}: ${name} is missing`);
    if (![...tree.keys()].some((file) => file.startsWith(`labs/${lab}/scenarios/`))) found.push(`labs/${lab}: there are no scenarios`);
    found.push(...modelsInReplay(tree, lab));
  }
  return found;
}
