import { defineMdastPlugin } from 'satteri';

/** Lets a wide table scroll sideways by itself, by finger and by keyboard; its head names it. */
export const tables = defineMdastPlugin({
  name: 'tables',
  table(node, context) {
    const head = node.children[0]?.children.map((cell) => context.textContent(cell).trim()).filter((text) => text !== '') ?? [];
    context.wrapNode(node, {
      type: 'blockquote',
      children: [],
      data: { hName: 'div', hProperties: { className: ['table'], tabIndex: 0, role: 'group', ariaLabel: `Table: ${head.join(', ')}` } },
    });
  },
});
