/**
 * `npm run diagrams`            draws the diagrams when one is missing, removes those that no chapter uses (needs a Chromium)
 * `npm run diagrams -- --check` compares names only, without a browser; exit 1 when one is missing or left over
 */
import { globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { optimize } from 'svgo';
import { diagramKey, mermaidFences } from '../md-plugins/diagram-key.ts';
import { launchBrowser } from './browser.ts';
import { pruneSheet, slimSvg } from './slim-svg.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'src/diagrams');

// mermaid computes with real colours (it lightens, darkens and compares them). So it draws with colours that
// nobody would choose, and each of them becomes a custom property afterwards: one picture serves both themes.
const STAND_INS = {
  paper: '#fefefe',
  node: '#e0e1e2',
  border: '#505152',
  text: '#101112',
  line: '#303132',
  group: '#f0f1f2',
  'group-border': '#909192',
  label: '#fafbfc',
  note: '#fff0c1',
  'note-border': '#c0a041',
} as const;
type StandIn = keyof typeof STAND_INS;

const ROLES: Readonly<Record<StandIn, string>> = {
  paper: 'background sequenceNumberColor attributeBackgroundColorOdd rowOdd',
  node: 'primaryColor mainBkg actorBkg labelBoxBkgColor stateBkg compositeTitleBackground',
  border: 'primaryBorderColor nodeBorder actorBorder labelBoxBorderColor activationBorderColor',
  text: `primaryTextColor secondaryTextColor tertiaryTextColor textColor nodeTextColor titleColor labelColor actorTextColor
    signalTextColor labelTextColor loopTextColor noteTextColor transitionLabelColor stateLabelColor classText`,
  line: 'lineColor arrowheadColor defaultLinkColor actorLineColor signalColor transitionColor innerEndBackground specialStateColor',
  group: 'secondaryColor tertiaryColor clusterBkg activationBkgColor compositeBackground altBackground attributeBackgroundColorEven rowEven',
  'group-border': 'secondaryBorderColor tertiaryBorderColor clusterBorder compositeBorder',
  label: 'edgeLabelBackground labelBackgroundColor',
  note: 'noteBkgColor',
  'note-border': 'noteBorderColor',
};

const themeVariables = Object.fromEntries(
  (Object.keys(ROLES) as StandIn[]).flatMap((name) => ROLES[name].split(/\s+/).map((role) => [role, STAND_INS[name]] as const)),
);
const PROPERTY_OF = new Map<string, string>((Object.keys(STAND_INS) as StandIn[]).map((name) => [STAND_INS[name], `var(--d-${name})`]));

const recolour = (text: string): string => text.replace(/#[0-9a-f]{6}\b/gi, (colour) => PROPERTY_OF.get(colour.toLowerCase()) ?? colour);

function findDiagrams(): { wanted: Map<string, string>; missing: string[]; orphans: string[] } {
  const wanted = new Map<string, string>();
  for (const file of globSync('content/**/*.mdx', { cwd: root }))
    for (const source of mermaidFences(readFileSync(path.join(root, file), 'utf8'))) wanted.set(diagramKey(source), source);
  const drawn = new Set(
    readdirSync(folder)
      .filter((name) => name.endsWith('.svg'))
      .map((name) => name.slice(0, -'.svg'.length)),
  );
  return { wanted, missing: [...wanted.keys()].filter((key) => !drawn.has(key)), orphans: [...drawn].filter((key) => !wanted.has(key)) };
}

interface Mermaid {
  initialize: (options: object) => void;
  render: (id: string, source: string) => Promise<{ svg: string }>;
}

/** What mermaid drew, as two texts: the picture without styles or colours of its own, and the style sheet that its kind of diagram shares. */
function separate(drawn: string, key: string): { kind: string; svg: string; css: string } {
  const kind = /aria-roledescription="([^"]+)"/.exec(drawn)?.[1] ?? 'other';
  const styles = [...drawn.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((match) => match[1] ?? '').join('');
  const css = recolour(styles.replaceAll('&gt;', '>').replaceAll('#DRAWN', `[data-kind="${kind}"]`));
  const bare = recolour(drawn.replace(/<style[\s\S]*?<\/style>/g, '')).replaceAll('DRAWN', `d${key.slice(0, 6)}`);
  const { data } = optimize(bare, {
    multipass: true,
    floatPrecision: 1,
    plugins: [
      // The style sheet selects by id parts, element names and classes, so these must survive.
      {
        name: 'preset-default',
        params: { overrides: { cleanupIds: false, convertShapeToPath: false, inlineStyles: false, removeUnknownsAndDefaults: false } },
      },
      'convertStyleToAttrs',
    ],
  });
  const width = Math.ceil(Number(/viewBox="[\d.-]+ [\d.-]+ ([\d.]+)/.exec(data)?.[1] ?? '0'));
  // The page's policy forbids style attributes.
  const svg = data
    .replace(/ style="[^"]*"/g, '')
    .replace(' width="100%"', '')
    // An image with a name and a description; read as a document, it would be a heap of words.
    .replace(/ (?:role|aria-roledescription)="[^"]*"/g, '')
    .replace('<svg ', `<svg role="img" data-kind="${kind}" width="${width}" `);
  return { kind, svg, css };
}

async function draw(keys: readonly string[], wanted: ReadonlyMap<string, string>): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const sheets = new Map<string, string>();
  const pictures = new Map<string, string>();
  await page.addScriptTag({ path: path.join(root, 'node_modules/mermaid/dist/mermaid.min.js') });
  for (const key of keys) {
    const drawn = await page.evaluate(
      async ([source, variables]) => {
        const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
        mermaid.initialize({
          startOnLoad: false,
          theme: 'base',
          look: 'classic',
          themeVariables: variables,
          htmlLabels: false,
          flowchart: { htmlLabels: false, nodeSpacing: 20, rankSpacing: 34, padding: 10, minNodeWidth: 0, subGraphTitleMargin: { top: 2, bottom: 6 } },
          class: { htmlLabels: false },
          sequence: { mirrorActors: false, diagramMarginX: 4, diagramMarginY: 4, boxMargin: 6, actorMargin: 10, width: 68, height: 48, messageMargin: 32 },
          // Metrics of Arial everywhere, so that two machines draw the same widths.
          fontFamily: 'Liberation Sans, Arial, sans-serif',
        });
        return (await mermaid.render('DRAWN', source)).svg;
      },
      [wanted.get(key) ?? '', themeVariables] as const,
    );
    const { kind, svg, css } = separate(drawn, key);
    sheets.set(kind, css);
    pictures.set(key, svg);
  }
  await browser.close();
  for (const [kind, css] of sheets) {
    const ofKind = [...pictures].filter(([, svg]) => svg.includes(`data-kind="${kind}"`));
    const sheet = pruneSheet(css, ofKind.map(([, svg]) => svg).join(''));
    writeFileSync(path.join(folder, `${kind}.css`), sheet);
    for (const [key, svg] of ofKind) writeFileSync(path.join(folder, `${key}.svg`), `${slimSvg(svg, sheet)}\n`);
  }
}

const { wanted, missing, orphans } = findDiagrams();
if (process.argv.includes('--check')) {
  console.log(`${wanted.size} diagrams, ${missing.length} not drawn, ${orphans.length} left over`);
  process.exitCode = missing.length + orphans.length > 0 ? 1 : 0;
} else {
  for (const key of orphans) rmSync(path.join(folder, `${key}.svg`));
  // The style sheet of a kind holds what its pictures need, so all are drawn when one is missing.
  if (missing.length > 0) await draw([...wanted.keys()], wanted);
  console.log(`drawn ${missing.length > 0 ? wanted.size : 0}, removed ${orphans.length}`);
}
