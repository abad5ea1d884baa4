import { existsSync, readFileSync } from 'node:fs';
import { defineMdastPlugin } from 'satteri';
import { diagramDescription, diagramKey, diagramTitle } from './diagram-key.ts';

const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * Puts the committed picture in place of a mermaid fence, so that a build needs no browser and a page no mermaid.
 * Stops the build when the picture is missing or the fence has no words for those who do not see it.
 */
export function diagrams(folder: URL) {
  return defineMdastPlugin({
    name: 'diagrams',
    code(node, context) {
      if (node.lang !== 'mermaid') return;
      const title = diagramTitle(node.value);
      if (title === undefined || diagramDescription(node.value) === undefined)
        throw new Error(`A diagram has no accTitle or no accDescr: ${node.value.slice(0, 60).trim()} …`);
      const file = new URL(`${diagramKey(node.value)}.svg`, folder);
      if (!existsSync(file))
        throw new Error(
          `The diagram "${title}" is not drawn yet (src/diagrams/${diagramKey(node.value)}.svg). Run "npm run diagrams" and commit src/diagrams/.`,
        );
      // The namespace is for those who open the file itself.
      // What the picture means stands in its description; its loose words, heard one after the other, say nothing.
      const picture = readFileSync(file, 'utf8')
        .trim()
        .replace(' xmlns="http://www.w3.org/2000/svg"', '')
        .replace(/(?<=<\/desc>)(.*)(?=<\/svg>$)/su, '<g aria-hidden="true">$1</g>');
      context.replaceNode(node, {
        // A wide picture scrolls sideways by itself, so the keyboard must be able to reach it.
        raw: `<div class="diagram" tabindex="0" role="group" aria-label="Diagram: ${escapeAttribute(title)}">${picture}</div>`,
        // Braces inside the picture are text, not MDX expressions.
        mdxExpressions: false,
      });
    },
  });
}
