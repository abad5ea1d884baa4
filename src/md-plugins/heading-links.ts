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
 * Makes of the words of each section and subsection a link to it: one thing to hear and one stop for the Tab key, the sign behind it is drawn by the style
 * sheet. Stops the build when two headings would share an anchor, for a link to the second would lead to the first.
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
      context.replaceNode(node, { ...node, data: { hProperties: { id } }, children: [{ type: 'link', url: `#${id}`, children: node.children }] });
    },
  });
};
