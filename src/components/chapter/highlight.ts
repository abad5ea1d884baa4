import { codeToHtml, createCssVariablesTheme, type ShikiTransformer } from 'shiki';
import { readFenceMeta, type LineKinds } from './code-lines.ts';

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

/** What pieces of code are written with: elements of one letter and no class, 0.8 kB of a chapter, compressed. Field help finds the keys of a manifest by them. */
const elements: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  yaml: { 't-keyword': 'b', 't-string-expression': 'i', 't-string': 'i' },
  // All else in a command but comments has the colour of the text.
  sh: { 't-function': 'b', 't-comment': 'i' },
};

/**
 * A piece of code as short as can be: indentation and punctuation stand outside of its element, for they have no colour of their own, and what looks like the
 * text around it has none.
 */
function shortPieces(language: string, node: Content): Content[] {
  if (node.type !== 'element') return [node];
  const tagName = elements[language]?.[String(node.properties.class)] ?? (language === 'sh' && node.tagName === 'span' ? '' : undefined);
  const [text] = node.children;
  if (tagName === undefined || text?.type !== 'text') return [{ ...node, children: node.children.flatMap((child) => shortPieces(language, child)) }];
  const [, before = '', word = ''] = /^(\s*)(.*)$/su.exec(text.value) ?? [];
  if (tagName === '' || word === '' || (tagName === 'b' && !/\w/.test(word))) return [text];
  const piece: Content = { type: 'element', tagName, properties: {}, children: [{ type: 'text', value: word }] };
  return before === '' ? [piece] : [{ type: 'text', value: before }, piece];
}

/** What a listing without a title is called after its language. */
const spokenNames: Readonly<Record<string, readonly string[]>> = { yaml: ['YAML'], sh: ['shell'] };

type Pre = Parameters<NonNullable<ShikiTransformer['pre']>>[0];

const element = (tagName: string, properties: Pre['properties'], children: Pre['children']): Pre => ({ type: 'element', tagName, properties, children });

const copyButton = (): Pre => element('button', { type: 'button', class: 'btn bare copy', 'data-copy': '' }, [{ type: 'text', value: 'Copy' }]);

/** A listing with its title above it and the button that copies it, as `<Manifest>` has them. */
const titled = (pre: Pre, title: string): Pre =>
  element('figure', { class: 'code' }, [element('figcaption', {}, [element('span', {}, [{ type: 'text', value: title }]), copyButton()]), pre]);

/** A listing without a title: the button stands in its corner. */
const untitled = (pre: Pre): Pre => element('div', { class: 'code' }, [copyButton(), pre]);

/**
 * Turns the colour of each piece of code into a class such as `t-string` and removes every style attribute. What stands behind the language of a fence becomes
 * a title, and lines that are marked, new or gone: elements that mean it.
 */
export const tokenClasses: ShikiTransformer = {
  name: 'token-classes',
  span(node) {
    const match = /--c-(?:token-)?([\w-]+)\)/.exec(node.properties.style?.toString() ?? '');
    if (!match) return;
    delete node.properties.style;
    if (match[1] !== undefined && match[1] !== 'foreground') this.addClassToHast(node, `t-${match[1]}`);
  },
  line(node, line) {
    const kind = metaOf(this.options.meta, this.source).kinds.get(line);
    if (kind === undefined) return;
    node.tagName = kind;
    delete node.properties.class;
  },
  pre(node) {
    delete node.properties.style;
    // A box that scrolls is a stop of the Tab key: it says what it is.
    node.properties.role = 'group';
    // Lines of commands are never cut: they go on below, and the box does not scroll.
    if (this.options.lang === 'sh') delete node.properties.tabindex;
    node.properties.ariaLabel = metaOf(this.options.meta, this.source).title ?? ['Listing', ...(spokenNames[this.options.lang] ?? [])].join(', ');
  },
  code(node) {
    node.children = node.children.flatMap(withoutBareSpans);
    node.children = node.children.flatMap((child) => shortPieces(this.options.lang, child));
  },
  root(node) {
    const { title } = metaOf(this.options.meta, this.source);
    const [pre] = node.children;
    if (pre?.type !== 'element') return;
    // A `<Manifest>` puts its own caption around what `highlightListing` makes.
    if (title !== undefined) node.children = [titled(pre, title)];
    else if (this.options.lang === 'sh') node.children = [untitled(pre)];
  },
};

const metaOf = (meta: { readonly __raw?: string } | undefined, source: string) => readFenceMeta(meta?.__raw ?? '', source.split('\n').length);

/** What a listing has besides its text: the number at the end of a line (both from 1), which links to the callout with that number, and the kinds of lines. */
export interface ListingNotes {
  readonly marks: ReadonlyMap<number, number>;
  readonly kinds?: LineKinds;
  /** What it is called above it. */
  readonly title?: string;
}

/** A listing as HTML. */
export function highlightListing(code: string, language: 'yaml' | 'sh', { marks, kinds, title }: ListingNotes, id: string): Promise<string> {
  const discs: ShikiTransformer = {
    name: 'callouts',
    pre(node) {
      if (title !== undefined) node.properties.ariaLabel = title;
    },
    line(node, line) {
      const kind = kinds?.get(line);
      if (kind !== undefined) {
        node.tagName = kind;
        delete node.properties.class;
      }
      const mark = marks.get(line);
      if (mark === undefined) return;
      if (kind === undefined) this.addClassToHast(node, 'hl');
      node.children.push({
        type: 'element',
        tagName: 'a',
        properties: { class: 'co', href: `#${id}-${mark}`, id: `${id}-at-${mark}` },
        children: [{ type: 'text', value: String(mark) }],
      });
    },
  };
  return codeToHtml(code, { lang: language, theme: codeTheme, transformers: [tokenClasses, discs] });
}
