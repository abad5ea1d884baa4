import { attributeOf, findFirst, isA, type PageElement, type PageNode } from '../markdown-twin/tree.ts';

/** How large a drawing is on paper against its size on the screen: its words come out at about 7.5 points. */
const scale = 0.62;

/** A drawing that is no wider, in CSS pixels on paper, stands beside the text. */
const besideMaxPx = 260;

const widthOf = (drawing: PageElement): number | undefined => {
  const width = Number((attributeOf(drawing, 'viewBox') ?? '').split(/[\s,]+/)[2]);
  return width > 0 ? width : undefined;
};

/**
 * Drawings in the size of paper. What is narrow has the text flow around it (`.beside`): where it does not fit on a page it begins the next, and the text
 * goes on instead of leaving the rest of the page empty.
 */
export function sizedDrawings(nodes: readonly PageNode[]): readonly PageNode[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    const drawing = isA(node, 'figure') ? findFirst(findFirst(node.children, '.diagram')?.children ?? [], 'svg') : undefined;
    const width = drawing === undefined ? undefined : widthOf(drawing);
    if (drawing === undefined || width === undefined) return { ...node, children: sizedDrawings(node.children) };
    const onPaper = Math.round(width * scale);
    const sized = (child: PageNode): PageNode => {
      if (typeof child === 'string') return child;
      return child === drawing ? { ...child, attributes: { ...child.attributes, width: onPaper } } : { ...child, children: child.children.map(sized) };
    };
    return { ...node, classes: onPaper <= besideMaxPx ? [...node.classes, 'beside'] : node.classes, children: node.children.map(sized) };
  });
}
