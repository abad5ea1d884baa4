import { defineMdastPlugin } from 'satteri';

/** The anchor of a heading: lower case, without marks, words joined by "-". The same that Astro would give it; here it is part of a link, so it is ours to keep. */
export function headingAnchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/**
 * Gives each section and subsection a link to itself. It has no text of its own: the style sheet draws its sign, so a contents list or a search index reads
 * the heading only. Stops the build when two headings would share an anchor, for a link to the second would lead to the first.
 */
export const headingLinks = () => {
  const taken = new Set<string>();
  return defineMdastPlugin({
    name: 'heading-links',
    heading(node, context) {
      if (node.depth < 2 || node.depth > 3) return;
      const text = context.textContent(node).trim();
      const id = headingAnchor(text);
      if (taken.has(id)) throw new Error(`Two headings have the anchor "${id}". Word one of them differently: "${text}".`);
      taken.add(id);
      context.setProperty(node, 'data', { hProperties: { id } });
      context.appendChild(node, {
        type: 'link',
        url: `#${id}`,
        children: [],
        data: { hProperties: { className: ['anchor'], ariaLabel: `Link to section ${text}` } },
      });
    },
  });
};
