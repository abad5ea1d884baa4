import { defineMdastPlugin } from 'satteri';

/** Components that read files beside the chapter's text. */
const READERS = new Set(['Manifest', 'Quiz']);

/** The folder of a chapter below content/, such as `05-networking/24-dns`; undefined for any other file. */
export function chapterFolder(file: URL | undefined): string | undefined {
  return /\/content\/([^/]+\/[^/]+)\/index\.mdx$/.exec(file?.pathname ?? '')?.[1];
}

/** Tells `<Manifest>` and `<Quiz>` in which folder their files lie, so that an author writes the file's name only. */
export const chapterFolders = defineMdastPlugin({
  name: 'chapter-folders',
  mdxJsxFlowElement(node, context) {
    const folder = chapterFolder(context.fileURL);
    const isTold = node.attributes.some((attribute) => 'name' in attribute && attribute.name === 'folder');
    if (folder === undefined || isTold || !READERS.has(node.name ?? '')) return;
    context.replaceNode(node, {
      type: 'mdxJsxFlowElement',
      name: node.name,
      attributes: [...node.attributes, { type: 'mdxJsxAttribute', name: 'folder', value: folder }],
      children: [...node.children],
    });
  },
});
