/** The ids of the glossary terms that a text uses with `<Term id="…">`, each once, in order. */
export function termsIn(mdx: string): readonly string[] {
  return [...new Set([...mdx.matchAll(/<Term\b[^>]*?\bid="([^"]+)"/g)].flatMap(([, id]) => id ?? []))];
}
