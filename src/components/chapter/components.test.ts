import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { describe, expect, test } from 'vitest';
import Card from './Card.astro';
import Covers from './Covers.astro';
import Figure from './Figure.astro';
import Manifest from './Manifest.astro';
import OftenSaid from './OftenSaid.astro';
import Quiz from './Quiz.astro';
import Terminal from './Terminal.astro';

const container = await AstroContainer.create();
type Render = typeof container.renderToString;
// ESLint does not see the types of .astro files.
const render = (component: unknown, options: Parameters<Render>[1]): Promise<string> => container.renderToString(component as Parameters<Render>[0], options);
const folder = '05-networking/24-dns';

test('Covers shows nothing', async () => {
  expect((await render(Covers, { props: { ids: 'dns.records', errata: 'dns.tcp' } })).trim()).toBe('');
});

test('OftenSaid has the belief, the truth, since when and the source', async () => {
  const props = { belief: 'The `x` is <b>', since: 'always', source: 'The docs', href: 'https://example.com/' };
  const html = await render(OftenSaid, { props, slots: { default: 'It is not.' } });
  for (const part of ['The <code>x</code> is &lt;b&gt;', 'and always was', 'It is not.', 'href="https://example.com/"', 'The docs'])
    expect(html).toContain(part);
  expect(await render(OftenSaid, { props: { ...props, since: 'Stable since v1.14' } })).toContain('Stable since v1.14. Source');
});

test('a figure and a card take marks in their texts', async () => {
  expect(await render(Figure, { props: { caption: 'A `b`', wide: true } })).toMatch(/<figure class="figure wide">[\s\S]*A <code>b<\/code>/);
  expect(await render(Card, { props: { front: 'Why `x`?' }, slots: { default: 'So.' } })).toMatch(
    /<summary><span>Why <code>x<\/code>\?<\/span><\/summary>[\s\S]*So\./,
  );
});

describe('Manifest', () => {
  test('links each line to its callout and back, and has no style of its own', async () => {
    const html = await render(Manifest, { props: { file: 'billing.yaml', callouts: ['Looked up, too.'], folder } });
    for (const part of ['href="#billing-1"', 'id="billing-at-1"', 'id="billing-1"', 'href="#billing-at-1"', 'Looked up, too.', '<b>apiVersion</b>: <i>v1</i>'])
      expect(html).toContain(part);
    expect(html).not.toMatch(/style=|# \(1\)/);
    // Elements that no rule names are left out, and the text is that of the file.
    expect(html).not.toMatch(/<code><span>|class="line"/);
    expect(/<code>([\s\S]*?)<\/code>/.exec(html)?.[1]?.replace(/<[^>]+>/g, '')).toContain('apiVersion: v1\nkind: Service\n');
  });

  test.each([
    ['a file that does not exist', { file: 'bilings.yaml', folder }, /no manifest "bilings\.yaml".*billing\.yaml/],
    ['a callout too many', { file: 'billing.yaml', callouts: ['a', 'b'], folder }, /has 2 callouts/],
  ])('%s stops the build', async (_, props, message) => {
    await expect(render(Manifest, { props })).rejects.toThrow(message);
  });
});

describe('Terminal', () => {
  test('shows a recording as it is, with the version of the cluster and what was masked', async () => {
    const html = await render(Terminal, {
      props: { recording: 'network-live', commands: ['kubectl exec cl -- ping -c 1 -W 2 <podIP>', 'kubectl get endpoints'] },
    });
    expect(html).toMatch(/Recorded on a real cluster, v1\.36\.2\. <code>&lt;podIP&gt;<\/code> stands for the address of a pod</);
    expect(html).toContain('>kubectl exec cl -- ping -c 1 -W 2 &lt;podIP&gt;<');
    expect(html).toContain('1 packets transmitted, 1 packets received, 0% packet loss');
    expect(html.indexOf('wrongsel')).toBeLessThan(html.indexOf('Warning: v1 Endpoints is deprecated'));
    expect(html).not.toContain('In the pod');
  });

  test('shows what a lab produces', async () => {
    const html = await render(Terminal, { props: { lab: 'dns-search', scenario: 'svc1-dev', commands: ['dig +short +search svc1.dev'] } });
    expect(html).toMatch(/In the pod[\s\S]*10\.96\.14\.31/);
  });

  test.each([
    ['a recording that does not exist', { recording: 'network-lives', commands: ['date'] }, /Nearest: "network-live"/],
    ['an output that somebody typed', { recording: 'network-live', commands: ['kubectl get endpoints'], output: 'web' }, /no output/],
  ])('%s stops the build', async (_, props, message) => {
    await expect(render(Terminal, { props })).rejects.toThrow(message);
  });
});

describe('Quiz', () => {
  test('shows one question of each kind as a sample, whose answers are kept apart and whose links leave the page', async () => {
    const html = await render(Quiz, { props: { folder, sample: true } });
    const kinds = [...html.matchAll(/data-kind="(\w+)"/g)].map((match) => match[1]);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(5);
    expect(html).toContain('data-chapter="sample"');
    expect(html).toMatch(/class="again" href="\/dns\/#/);
  });

  test('has every question with its reasons in the page, so that it works without scripts', async () => {
    const html = await render(Quiz, { props: { folder } });
    expect(html.match(/<form/g)?.length).toBeGreaterThanOrEqual(12);
    expect(html.match(/<details class="answer">/g)?.length).toBe(html.match(/<form/g)?.length);
    expect(html.match(/class="why"/g)?.length).toBe(html.match(/class="opt"/g)?.length);
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
  });

  test('a chapter without questions stops the build', async () => {
    await expect(render(Quiz, { props: { folder: '99-none/99-none' } })).rejects.toThrow(/no quiz\.yaml/);
  });
});
