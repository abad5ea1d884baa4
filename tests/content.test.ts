import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { diagramKey, mermaidFences } from '../src/md-plugins/diagram-key.ts';
import { readRecording } from '../src/components/chapter/recordings.ts';
import { readChapters, readPlans, readWorld, type Chapter, type World } from './content/chapter.ts';
import { chapterChecks, coverageFaults, privateFaults } from './content/chapter-checks.ts';
import { machineFaults, unshownCommands } from './content/terminals.ts';

const chapters = readChapters();
const world = readWorld();
const plans = readPlans();

describe.each(chapters.map((chapter) => [chapter.slug, chapter] as const))('the chapter %s', (slug, chapter) => {
  test.each(Object.entries(chapterChecks))('%s', (_, check) => {
    expect(check(chapter, world)).toEqual([]);
  });

  test('covers its plan', () => {
    const plan = plans.find((entry) => entry.chapter === slug);
    expect(plan, `tests/data has no coverage-*.json for ${slug}`).toBeDefined();
    if (plan) expect(coverageFaults(chapter, plan)).toEqual([]);
  });
});

test('no drawn diagram is left over', () => {
  const wanted = new Set(chapters.flatMap((chapter) => mermaidFences(chapter.mdx)).map(diagramKey));
  expect(world.drawn.filter((name) => !wanted.has(name))).toEqual([]);
});

const pages = [...chapters.map(({ mdx }) => mdx), readFileSync(path.resolve(import.meta.dirname, '../src/pages/styleguide.astro'), 'utf8')];

describe.each(Object.entries(world.recordings))('the recording %s', (name, text) => {
  test('can be read, and holds nothing private and no path of a machine', () => {
    expect(readRecording(name, text).scenarios.length).toBeGreaterThan(0);
    expect([...privateFaults(text), ...machineFaults(text)]).toEqual([]);
  });

  test('holds only what a page shows', () => {
    expect(unshownCommands(name, text, pages)).toEqual([]);
  });
});

describe('a planted fault is found', () => {
  const dns = chapters.find((chapter) => chapter.slug === 'dns')!;
  const plan = plans.find((entry) => entry.chapter === 'dns')!;
  const inText = (from: string | RegExp, to: string): Chapter => {
    const mdx = dns.mdx.replace(from, to);
    expect(mdx, 'the fault was not planted').not.toBe(dns.mdx);
    return { ...dns, mdx };
  };
  const added = (text: string): Chapter => ({ ...dns, mdx: `${dns.mdx}\n\n${text}\n` });
  const withManifest = (text: string): Chapter => ({ ...dns, manifests: { ...dns.manifests, 'ent.yaml': text } });
  const first = dns.quiz.find((entry) => entry.kind === 'choice')!;
  const withQuestion = (change: object): Chapter => ({ ...dns, quiz: dns.quiz.map((entry) => (entry === first ? { ...first, ...change } : entry)) });
  const withInput = (change: object): Chapter => ({ ...dns, quiz: dns.quiz.map((entry) => (entry.kind === 'input' ? { ...entry, ...change } : entry)) });
  /** Every right option is a bit longer than the others of its question, or so many times. */
  const longRight = (times: number): Chapter => ({
    ...dns,
    quiz: dns.quiz.map((entry) => {
      if (entry.kind !== 'choice') return entry;
      const length = Math.max(...entry.options.map(({ text }) => text.length)) * times + 1;
      return { ...entry, options: entry.options.map((option) => (option.right ? { ...option, text: option.text.padEnd(length, '.') } : option)) };
    }),
  });

  test.each<[string, keyof typeof chapterChecks, Chapter, RegExp, World?]>([
    ['a title is missing', 'front matter', inText(/^title: .*\n/m, ''), /no title/],
    ['a prerequisite does not exist', 'front matter', inText('  - services', '  - servicez'), /"servicez" is no chapter/],
    ['the version is an older one', 'front matter', inText('checkedAgainst: v1.37', 'checkedAgainst: v1.31'), /v1\.31/],
    ['a link leads to a chapter that is not written', 'links', added('[x](/no-such-chapter/)'), /leads nowhere/],
    ['a link leads to a missing heading', 'links', added('[x](#no-such-heading)'), /no heading/],
    ['a link leads to a missing scenario', 'links', added('[x](/labs/dns-search/#scenario=nope)'), /no scenario "nope"/],
    ['a link is not https', 'links', added('[x](http://example.com/)'), /neither https/],
    ['a question points at a missing heading', 'links', withQuestion({ section: 'nowhere' }), /#nowhere/],
    ['a lab does not exist', 'labs', added('<Lab id="dns-serach" scenario="svc1-dev" />'), /dns-serach/],
    ['a scenario does not exist', 'labs', inText('scenario="api-github-ndots"', 'scenario="svc9"'), /"svc9"/],
    ['no lab at all', 'labs', inText(/<Lab [^>]*>/g, ''), /at least one lab/],
    ['a manifest is no YAML', 'manifests', withManifest('a: [1'), /ent\.yaml is no YAML/],
    ['a manifest has a tab', 'manifests', withManifest('apiVersion: v1\nkind: Service\nmetadata:\n\tname: x'), /ent\.yaml/],
    ['a manifest has no kind', 'manifests', withManifest('apiVersion: v1\nmetadata: { name: x }'), /apiVersion, kind/],
    [
      'a manifest is not shown',
      'manifests',
      { ...dns, manifests: { ...dns.manifests, 'extra.yaml': dns.manifests['ent.yaml']! } },
      /extra\.yaml is shown nowhere/,
    ],
    ['a shown manifest is missing', 'manifests', inText('file="ent.yaml"', 'file="entt.yaml"'), /no manifest entt\.yaml/],
    ['a kubectl line in a fence has a wrong flag', 'kubectl lines', added('```sh\nkubectl run x --image=y --replicas=2\n```'), /--replicas/],
    ['a kubectl line in a sentence has a wrong kind', 'kubectl lines', added('Run `kubectl get pdos`.'), /pdos/],
    ['a diagram has changed since it was drawn', 'diagrams', inText('typed[name as typed]', 'typed[name as written]'), /not drawn/],
    ['a diagram has no description', 'diagrams', inText(/ {2}accDescr: .*\n/, ''), /accDescr/],
    ['a diagram is wider than a phone', 'diagrams', dns, /900 px wide/, { ...world, drawnWidths: Object.fromEntries(world.drawn.map((name) => [name, 900])) }],
    ['a recording does not exist', 'terminals', inText('recording="network-live"', 'recording="network-life"'), /no recording "network-life".*"network-live"/],
    ['a recorded scenario does not exist', 'terminals', inText('scenario="net-get"', 'scenario="net-set"'), /no scenario "net-set".*"net-get"/],
    ['a command was not recorded', 'terminals', inText("kubectl get endpoints'", "kubectl get endpoint'"), /no command "kubectl get endpoint"/],
    ['a terminal has a typed output', 'terminals', inText('<Terminal recording', '<Terminal output="web-1" recording'), /no output/],
    ['a terminal has a text in it', 'terminals', added('<Terminal lab="dns-search" scenario="svc1-dev" commands={["date"]}>Mon</Terminal>'), /no text/],
    [
      'a terminal names a lab and a recording',
      'terminals',
      inText('<Terminal recording', '<Terminal lab="dns-search" recording'),
      /either a lab or a recording/,
    ],
    ['a terminal has an output in its commands', 'terminals', inText("commands={['kubectl get svc']}", 'commands={outputs}'), /list of quoted/],
    [
      'a command in a terminal cannot be typed',
      'terminals',
      added('<Terminal lab="dns-search" scenario="svc1-dev" commands={["kubectl get pdos"]} />'),
      /pdos/,
    ],
    ['a diagram has no picture', 'diagrams', dns, /not drawn/, { ...world, drawn: [] }],
    ['a key id', 'private data', added(['AKIA', 'ABCDEFGHIJKLMNOP'].join('')), /AWS key id/],
    ['an account', 'private data', added('arn:aws:iam::x'), /ARN/],
    ['an e-mail address', 'private data', added('jane.doe@company.io'), /e-mail/],
    ['a token', 'private data', added('eyJhbGciOiJSUzI1NiJ9'), /web token/],
    ['a host name of a cloud', 'private data', added('ip-10-0-1-2.eu-west-1.compute.internal'), /cloud host/],
    ['an address', 'private data', withManifest('ip: 192.168.64.3'), /somebody/],
    ['an encoded secret', 'private data', added('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w'), /encoded/],
    ['a word about our sources', 'words', added('As the notes say.'), /notes/],
    ['a question twice', 'questions', { ...dns, quiz: [...dns.quiz, first] }, /used twice/],
    ['too few questions', 'questions', { ...dns, quiz: dns.quiz.slice(0, 4) }, /at least 12/],
    [
      'questions that ask for facts only',
      'questions',
      { ...dns, quiz: dns.quiz.map((entry) => (entry.kind === 'trace' ? entry : { ...entry, asks: 'what' as const })) },
      /at least 60 %/,
    ],
    [
      'two right answers where one is asked',
      'questions',
      withQuestion({ options: first.options.map((option) => ({ ...option, right: true })) }),
      /right options/,
    ],
    ['right options that are longer than the rest', 'questions', longRight(1), /longest in \d+ of \d+ questions/],
    ['a right option that is much longer than the rest', 'questions', longRight(3), /times as long as the next/],
    ['a question whose scenario is missing', 'labs', withInput({ answerBy: { lab: 'dns-search', scenario: 'svc9', judge: 'one-name' } }), /"svc9"/],
  ])('%s', (_, name, chapter, fault, other) => {
    expect(chapterChecks[name](chapter, other ?? world).join('\n')).toMatch(fault);
  });

  test('a recording with a command that no page shows, with a path, with a key', () => {
    const [name, text] = Object.entries(world.recordings)[0]!;
    expect(unshownCommands(name, text, [])).not.toEqual([]);
    expect(machineFaults(text.replace('"stderr": ""', '"stderr": "open /tmp/x"'))).not.toEqual([]);
    expect(privateFaults(text.replace('"stderr": ""', '"stderr": "192.168.64.3"'))).not.toEqual([]);
  });

  test.each([
    ['a point is not covered', inText('dns.env-vars', ''), /dns\.env-vars is not covered/],
    [
      'a point is covered in another section',
      { ...dns, mdx: dns.mdx.replace('dns.env-vars', '') + '\n<Covers ids="dns.env-vars" />\n' },
      /belongs to "Cluster DNS"/,
    ],
    ['an erratum is not taught', inText('errata="dns.tcp dns.libc"', 'errata="dns.libc"'), /dns\.tcp is not taught/],
    ['a covered point is in no plan', added('<Covers ids="dns.made-up" />'), /dns\.made-up is in no plan/],
    ['a question covers nothing planned', withQuestion({ covers: ['dns.nothing'] }), /dns\.nothing/],
  ])('%s', (_, chapter, fault) => {
    expect(coverageFaults(chapter, plan).join('\n')).toMatch(fault);
  });
});
