import { attributeOf, childrenOf, findAll, findFirst, isA, plainLine, type PageElement, type PageNode } from '../markdown-twin/tree.ts';
import type { BookDocument, Place } from './book.ts';
import { element } from './elements.ts';
import { addressOf, onPaper, piecesOf } from './on-paper.ts';

/** A document, and the pages of the site that it stands for. */
export interface Gathered {
  readonly document: BookDocument;
  readonly places: ReadonlyMap<string, Place>;
}

/** Reads a page of the built site by its path below the base. */
export type ReadPage = (path: string) => readonly PageNode[];

const joined = (links: readonly PageElement[]): readonly PageNode[] => links.flatMap((link, index) => [...(index > 0 ? [', '] : []), link]);

function termOf(id: string, page: readonly PageNode[]): readonly PageElement[] {
  const main = findFirst(page, 'main')?.children ?? [];
  const also = plainLine(findFirst(findFirst(main, '.headed')?.children ?? [], '.facts'));
  const say = piecesOf(main, '.say');
  const seeAlso = findAll(main, 'section').find((section) => findFirst(section.children, 'h2')?.attributes.id === 'see');
  const see = findAll(findFirst(seeAlso?.children ?? [], 'ul')?.children ?? [], 'a').map((link) =>
    element('a', [plainLine(findFirst(link.children, 'b'))], { href: addressOf(link) }),
  );
  const facts = findAll(findFirst(main, '.places')?.children ?? [], 'div');
  const taught = facts.find((fact) => plainLine(findFirst(fact.children, 'dt')) === 'Taught in');
  // Without a link the chapter is not written: the page of the term says so, the book has nothing to lead to.
  const place = findFirst(taught?.children ?? [], 'dd');
  const chapter = onPaper(place === undefined ? [] : childrenOf(place, 'a'));
  const ways: PageNode[] = [...(see.length > 0 ? ['See also ', ...joined(see), '. '] : []), ...(chapter.length > 0 ? ['Taught in ', ...chapter, '.'] : [])];
  return [
    element('dt', [element('dfn', piecesOf(main, 'h1'))], { id }),
    element('dd', [
      element('p', piecesOf(main, '.lead')),
      ...(say.length > 0 ? [element('p', say)] : []),
      ...(also === '' ? [] : [element('p.way', [`${also}.`])]),
      ...(ways.length > 0 ? [element('p.way', ways)] : []),
    ]),
  ];
}

/** The glossary: all terms by letter, each as on its page, in short. */
export function readGlossary(read: ReadPage, base: string): Gathered {
  const main = findFirst(read('glossary/'), 'main')?.children ?? [];
  const places = new Map<string, Place>([['glossary/', { document: 'glossary' }]]);
  const letters = findAll(main, '.letter').map((letter) => {
    const terms = findAll(letter.children, 'a').flatMap((link) => {
      const path = addressOf(link).slice(base.length);
      const id = path.replace(/^glossary\/(.*)\/$/, '$1');
      places.set(path, { document: 'glossary', anchor: id });
      return termOf(id, read(path));
    });
    const heading = findFirst(letter.children, 'h2');
    const id = `letter-${attributeOf(heading, 'id') ?? ''}`;
    return element('section.letter-of', [element('h2', piecesOf(letter.children, 'h2'), { id }), element('dl.terms', terms)], { ariaLabelledBy: [id] });
  });
  const lead = plainLine(findFirst(main, '.lead'));
  const body = [element('h1', ['Glossary']), element('p.lead', [lead]), ...letters];
  return { document: { name: 'glossary', kind: 'glossary', title: 'Glossary', level: 1, body }, places };
}

function beliefOf(belief: PageElement): PageElement {
  const facts = findAll(belief.children, '.facts');
  const pieces = facts.flatMap((line) => childrenOf(line, 'span', 'a').filter((piece) => !addressOf(piece).startsWith('#')));
  const line = pieces.flatMap((piece, index) => [...(index > 0 ? [' · '] : []), ...onPaper([piece])]);
  const told = belief.children.filter((child) => typeof child !== 'string' && child.name === 'p' && !isA(child, '.facts'));
  return element('div.belief-of', [element('p.claim', piecesOf(belief.children, 'h3')), ...onPaper(told), element('p.way', line)], {
    id: attributeOf(belief, 'id') ?? '',
  });
}

/** What is often said about the given parts of the course, by part and chapter. */
export function readOftenSaid(read: ReadPage, parts: readonly { readonly slug: string; readonly title: string }[]): Gathered {
  const places = new Map<string, Place>([['often-said/', { document: 'often-said' }]]);
  const sections = parts.map(({ slug, title }) => {
    const path = `often-said/${slug}/`;
    const id = `part-${slug}`;
    places.set(path, { document: 'often-said', anchor: id });
    const groups = findAll(findFirst(read(path), 'main')?.children ?? [], '.group').flatMap((group) => [
      element('h3', piecesOf(group.children, 'h2'), { id: attributeOf(findFirst(group.children, 'h2'), 'id') ?? '' }),
      ...findAll(group.children, '.belief').map(beliefOf),
    ]);
    return element('section', [element('h2', [title], { id }), ...groups], { ariaLabelledBy: [id] });
  });
  const lead = 'What people say about the subjects of this book, and what is true.';
  const body = [element('h1', ['Often said']), element('p.lead', [lead]), ...sections];
  return { document: { name: 'often-said', kind: 'appendix', title: 'Often said', level: 1, body }, places };
}
