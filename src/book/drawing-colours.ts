import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the properties of the drawings mean on paper: ink on white, so that e-ink and a reader's night mode show them alike. */
const paper: Readonly<Record<string, string>> = {
  paper: '#fff',
  node: '#f2f2ef',
  border: '#555',
  text: '#000',
  line: '#333',
  group: '#fafaf7',
  'group-border': '#777',
  label: '#fff',
  note: '#f7f2d8',
  'note-border': '#555',
};

// What the page's own sheet adds to a drawing (src/styles/chapter.css): shapes for pods, halos behind words on lines.
const additions = `.diagram svg text{font-family:sans-serif}
.diagram svg .edgeLabel rect{opacity:1;fill:#fff}
.diagram svg .pod rect,.diagram svg .pod polygon{fill:#e3eff8;stroke:#005c93;rx:18px;ry:18px}
.diagram svg .service rect,.diagram svg .service polygon{fill:#f9e9f2;stroke:#93386b}
.diagram svg .actor-line{stroke:#777;stroke-width:1}
.diagram svg .messageText{stroke:#fff;stroke-width:6px;stroke-linejoin:round;paint-order:stroke}
.diagram svg .label rect{rx:0}
`;

/** The style sheets of the drawings with colours in place of properties, which old readers do not know. Throws for a property without a colour. */
export function drawingCss(): string {
  const folder = join(process.cwd(), 'src/diagrams');
  const sheets = globSync('*.css', { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const coloured = sheets.join('').replace(/var\(--d-([\w-]+)\)/g, (_, name: string) => {
    const colour = paper[name];
    if (colour === undefined) throw new Error(`src/diagrams uses --d-${name}, for which the book has no colour.`);
    return colour;
  });
  return coloured + additions;
}
