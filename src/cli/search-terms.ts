const termsMax = 1500;

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const plainText = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? ' ');

/** Words of at least three letters as they are written, without the marks around them; dots and dashes inside a name stay. */
function words(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}._/:-]*[\p{L}\p{N}]/gu)?.filter((word) => word.length > 2 && /\p{L}/u.test(word)) ?? [];
}

/** The words that a reader may have meant: those of headings, code and titles of searched pages, and of the records. Sorted, each once, at most 1,500. */
export function searchTerms(pages: readonly string[], records: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  const spellings = new Map<string, Map<string, number>>();
  const add = (text: string): void => {
    for (const word of words(text)) {
      const key = word.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const forms = spellings.get(key) ?? new Map<string, number>();
      spellings.set(key, forms.set(word, (forms.get(word) ?? 0) + 1));
    }
  };
  for (const page of pages) {
    const at = page.indexOf('data-pagefind-body');
    // A page that the search leaves out must not be offered.
    if (at < 0) continue;
    const body = page.slice(at);
    for (const match of body.matchAll(/<(h[1-4]|code|dt|th)\b[^>]*>([\s\S]*?)<\/\1>/g)) add(plainText(match[2] ?? ''));
  }
  records.forEach(add);
  const kept = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, termsMax);
  const usual = (key: string): string => [...(spellings.get(key) ?? [])].sort(([, x], [, y]) => y - x)[0]?.[0] ?? key;
  return kept.map(([key]) => usual(key)).sort();
}
