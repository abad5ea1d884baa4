/** What a page tells search engines about itself. */
export interface Described {
  readonly title: string;
  readonly description: string;
  /** What the search of the site calls it: Chapter, Lab … */
  readonly kind: string | undefined;
  /** The address of the page, and of the home page, with the host. */
  readonly address: string;
  readonly home: string;
}

const free = { isAccessibleForFree: true, inLanguage: 'en' };

/** A page as schema.org describes it: the home page is the course, a chapter or lab a part of it. Undefined for pages that teach nothing. */
function described({ title, description, kind, address, home }: Described): object | undefined {
  const about = { name: title, description, url: address };
  if (address === home) {
    return {
      '@type': 'Course',
      ...about,
      ...free,
      provider: { '@type': 'Organization', name: 'Kubestep', url: home },
      offers: { '@type': 'Offer', price: 0, priceCurrency: 'EUR', category: 'Free' },
      hasCourseInstance: { '@type': 'CourseInstance', courseMode: 'Online' },
    };
  }
  if (kind !== 'Chapter' && kind !== 'Lab') return undefined;
  const learningResourceType = kind === 'Lab' ? 'Simulation' : 'Chapter';
  return {
    '@type': 'LearningResource',
    ...about,
    ...free,
    learningResourceType,
    isPartOf: { '@type': 'Course', name: 'Kubestep', url: home },
  };
}

/**
 * The JSON-LD of a page, ready to stand in `<script type="application/ld+json">`: no text can end that element. A browser does not run such a script, so the
 * security policy needs no hash of it. Undefined for pages that teach nothing.
 */
export function structuredData(page: Described): string | undefined {
  const data = described(page);
  return data === undefined ? undefined : JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c');
}
