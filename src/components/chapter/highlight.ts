import { codeToHtml, createCssVariablesTheme, type ShikiTransformer } from 'shiki';

/** Colours come from classes, so that one page serves both themes and the policy needs no inline style. */
export const codeTheme = createCssVariablesTheme({ name: 'course', variablePrefix: '--c-', fontStyle: true });

type Content = Parameters<NonNullable<ShikiTransformer['code']>>[0]['children'][number];

/** Lines and pieces that no rule of the style sheet names need no element of their own: half a kilobyte of a chapter, compressed. */
function withoutBareSpans(node: Content): Content[] {
  if (node.type !== 'element') return [node];
  const children = node.children.flatMap(withoutBareSpans);
  const isBare = node.tagName === 'span' && Object.entries(node.properties).every(([name, value]) => name === 'class' && String(value) === 'line');
  return isBare ? children : [{ ...node, children }];
}

/** Turns the colour of each piece of code into a class such as `t-string` and removes every style attribute. */
export const tokenClasses: ShikiTransformer = {
  name: 'token-classes',
  span(node) {
    const match = /--c-(?:token-)?([\w-]+)\)/.exec(node.properties.style?.toString() ?? '');
    if (!match) return;
    delete node.properties.style;
    if (match[1] !== undefined && match[1] !== 'foreground') this.addClassToHast(node, `t-${match[1]}`);
  },
  pre(node) {
    delete node.properties.style;
  },
  code(node) {
    node.children = node.children.flatMap(withoutBareSpans);
  },
};

/** A listing as HTML. `marks` says which number stands at the end of which line (both from 1) and links to the callout with that number. */
export function highlightListing(code: string, language: 'yaml' | 'sh', marks: ReadonlyMap<number, number>, id: string): Promise<string> {
  const discs: ShikiTransformer = {
    name: 'callouts',
    line(node, line) {
      const mark = marks.get(line);
      if (mark === undefined) return;
      this.addClassToHast(node, 'hl');
      node.children.push({
        type: 'element',
        tagName: 'a',
        properties: { class: 'co', href: `#${id}-${mark}`, id: `${id}-at-${mark}`, 'aria-label': `Callout ${mark}` },
        children: [{ type: 'text', value: String(mark) }],
      });
    },
  };
  return codeToHtml(code, { lang: language, theme: codeTheme, transformers: [tokenClasses, discs] });
}
