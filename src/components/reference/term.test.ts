import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import Term from '../chapter/Term.astro';

const container = await AstroContainer.create();
type Component = Parameters<typeof container.renderToString>[0];
// ESLint does not see the types of .astro files.
const component: unknown = Term;
const render = async (id: string, text?: string): Promise<string> => {
  const html = await container.renderToString(component as Component, { props: { id }, ...(text === undefined ? {} : { slots: { default: text } }) });
  return html.replace(/<script[\s\S]*<\/script>/, '').trim();
};

test('a term is a link to its page, with the words of the text or its own name', async () => {
  expect(await render('endpoint-slice', 'slice')).toBe('<a href="/glossary/endpoint-slice/">slice</a>');
  expect(await render('endpoint-slice')).toBe('<a href="/glossary/endpoint-slice/">EndpointSlice</a>');
});

test('a further term in a page costs at most 40 bytes, compressed', async () => {
  const ids = ['endpoint-slice', 'conntrack', 'headless-service', 'network-policy', 'persistentvolumeclaim'].map((id) => id);
  const known = await Promise.all(ids.map((id) => render(id).catch(() => '')));
  const links = known.filter((html) => html !== '');
  expect(links.length).toBeGreaterThanOrEqual(3);
  const prose = 'A Service finds its pods by their labels, and <a href="/glossary/pod/">pods</a> come and go. '.repeat(20);
  const bytes = (html: string): number => gzipSync(html, { level: 9 }).length;
  const textsAlone = links.map((html) => html.replace(/<[^>]+>/g, ''));
  expect((bytes(prose + links.join(' ')) - bytes(prose + textsAlone.join(' '))) / links.length).toBeLessThanOrEqual(40);
});

test('an id that the glossary has not stops the build and names the nearest', async () => {
  await expect(render('endpointslice')).rejects.toThrow(/<Term id="endpointslice">.*no entry "endpointslice"\. Nearest: endpoint-slice/);
});
