import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { describe, expect, test } from 'vitest';
import Page from './Page.astro';

/** The head of a page as a build with or without `--site` writes it. */
async function headOf(path: string, site?: string): Promise<string> {
  const container = await AstroContainer.create(site === undefined ? {} : { astroConfig: { site } });
  // ESLint does not see the types of .astro files.
  return container.renderToString(Page as Parameters<typeof container.renderToString>[0], {
    props: { title: 'DNS', description: 'Names.', kind: 'Chapter' },
    request: new Request(`https://elsewhere.test${path}`),
  });
}

describe('the image of a link', () => {
  test('is named with the host and says its size and what it shows', async () => {
    const head = await headOf('/dns/', 'https://example.org');
    expect(head).toContain('<meta property="og:image" content="https://example.org/social/dns.png">');
    expect(head).toContain('<meta property="og:image:width" content="1200">');
    expect(head).toContain('<meta property="og:image:height" content="630">');
    expect(head).toMatch(/<meta property="og:image:alt" content="Kubestep, Part 5, Networking: DNS and service discovery\. /);
    expect(head).toContain('<meta name="twitter:card" content="summary_large_image">');
  });

  test('is that of the home page where a page has none', async () => {
    expect(await headOf('/glossary/pod/', 'https://example.org')).toContain('content="https://example.org/social/home.png"');
  });

  test('is not named by a site that does not know its address', async () => {
    expect(await headOf('/dns/')).not.toMatch(/og:|twitter:/);
  });
});
