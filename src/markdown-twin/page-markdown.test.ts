import fc from 'fast-check';
import { markdownToHtml } from 'satteri';
import { describe, expect, test } from 'vitest';
import { llmsText } from './llms-text.ts';
import { pageMarkdown } from './page-markdown.ts';
import { plainLine, readTree } from './tree.ts';

const page = (main: string, head = ''): string =>
  `<!doctype html><html><head><meta name="description" content="About it.">${head}</head><body><main>${main}</main></body></html>`;

/** What the twin holds below its heading, description and address. */
const body = (main: string): string =>
  pageMarkdown(page(`<h1>T</h1>${main}`), '/t/')
    .markdown.split('\n\n')
    .slice(2)
    .join('\n\n')
    .trimEnd();

const lab = `<lab-player><section><header class="lab-head"><h3>A run</h3><a href="/labs/x/#scenario=y"><span class="sr">Full size: </span>X</a><a class="truth" href="/labs/x/#fidelity">4 of 4 agree</a></header>
<p class="question">Who answers?</p><fieldset class="predict"><legend>How many?</legend><div class="chips"><label class="chip"><input type="radio"><span>1</span></label><label class="chip"><span>2</span></label><button>Skip</button></div></fieldset>
<div class="live"><p>the picture</p></div><label for="t">The file</label><textarea id="t">a: 1</textarea>
<noscript><div class="without-script"><p class="s dim">With JavaScript more.</p><p>It is done.</p><div class="scroll"><table><caption>Queries</caption><thead><tr><th>#<th>Name</thead><tbody><tr><td>1<td><code>a|b</code></table></div></div></noscript></section></lab-player>`;

describe('a page as Markdown', () => {
  test.each([
    ['a paragraph with signs', '<p>2 * 3 &lt; 7 and [x] in <code>a_b</code>, <b>bold </b>word</p>', '2 \\* 3 \\< 7 and \\[x\\] in `a_b`, **bold** word'],
    ['code that holds backticks', '<p><code>a ` b</code></p>', '`` a ` b ``'],
    ['a list in a list, without closing tags', '<ul><li>a<ul><li>b</ul><li>c</ul>', '- a\n  - b\n- c'],
    ['a numbered list', '<ol start="3"><li>a<li>b</ol>', '3. a\n4. b'],
    ['names and meanings', '<dl><div><dt><code>-A</code></dt><dd>All.</dd></div><dt>Time<dd>1 ms</dl>', '- `-A`: All.\n- **Time**: 1 ms'],
    [
      'a terminal',
      '<figure class="code terminal"><figcaption><span>In the pod</span><button class="copy">Copy</button></figcaption><pre><code><span class="prompt" aria-hidden="true">$ </span>ls\nbin\n</code></pre></figure>',
      '*In the pod*\n\n```\n$ ls\nbin\n```',
    ],
    ['a manifest with remarks', '<pre data-language="yaml"><code>kind: Pod<a class="co" href="#r">1</a>\n</code></pre>', '```yaml\nkind: Pod  # 1\n```'],
    [
      'a drawing',
      '<figure><div><svg><title>Who</title><desc>A asks B.</desc><text>zzz</text></svg></div><figcaption>Once.</figcaption></figure>',
      '> **Diagram:** Who. A asks B. Once.',
    ],
    ['a box', '<div class="said"><p>Often said</p><p><q>So</q></p></div>', '> Often said\n>\n> “So”'],
    [
      'what is hidden or only does something',
      '<p hidden>x</p><button>Go</button><p>y<svg aria-hidden="true"><title>no</title></svg></p><nav><ul><li>n</ul></nav>',
      'y',
    ],
    ['two links beside each other', '<p><a href="/a/">A</a><a href="/b c/">B</a></p>', '[A](/a/) · [B](</b c/>)'],
    ['a link around a name and its meaning', '<a href="/a/"><b>A</b><span>is it.</span></a>', '[**A**](/a/) is it.'],
    [
      'cards',
      '<div class="cards"><details class="card"><summary>Q?</summary><div>A.</div></details><details class="card"><summary>R?</summary><div>B.</div></details></div>',
      '- **Q?** A.\n- **R?** B.',
    ],
    ['a table without a head', '<table><tr><td>1<td>2</table>', '|  |  |\n| --- | --- |\n| 1 | 2 |'],
    [
      'a lab',
      lab,
      '**Lab: A run** ([run it](/labs/x/#scenario=y))\n\nWho answers?\n\nPredict: How many?\n\n- 1\n- 2\n\n*The file*\n\n```\na: 1\n```\n\nHow it ends if nobody changes anything:\n\nIt is done.\n\n**Queries**\n\n| # | Name |\n| --- | --- |\n| 1 | `a\\|b` |\n\n4 of 4 agree',
    ],
    [
      'a question',
      '<form class="quiz-item"><fieldset><legend><small>Question 1 of 2</small><span>Why?</span></legend><details class="answer"><summary>Show</summary></details><ul class="opts"><li class="opt"><label><input type="radio"><span>So</span></label><p class="why"><b>No.</b> Not so.</p></li><li class="opt" data-right><label><span>Thus</span></label><p class="why"><b>Right.</b></p></li></ul></fieldset><button>Check</button></form>',
      '**Question 1 of 2.** Why?\n\n- [ ] So\n  **No.** Not so.\n- [x] Thus\n  **Right.**',
    ],
  ])('%s', (_, html, expected) => {
    expect(body(html)).toBe(expected);
  });

  test('title, description and address lead; a page for no search engine says so', () => {
    expect(pageMarkdown(page('<h1>A &amp; B</h1><p>x</p>'), 'https://example.org/a/')).toEqual({
      title: 'A & B',
      description: 'About it.',
      isHidden: false,
      markdown: '# A & B\n\n> About it.\n>\n> Page: <https://example.org/a/>\n\nx\n',
    });
    expect(pageMarkdown(page('<h1>A</h1>', '<meta name="robots" content="noindex">'), '/').isHidden).toBe(true);
  });

  test('whatever a paragraph says, its Markdown says the same', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'ab1 .#>-+*_`[]()<&;!|~=:/@\\"\'$'.split(''), '&amp;', '1. ') });
    fc.assert(
      fc.property(signs, (text) => {
        const words = text.replace(/\s+/g, ' ').trim();
        const html = `<p>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
        const read = readTree(markdownToHtml(body(html)).html)
          .map(plainLine)
          .join(' ')
          .trim();
        expect(read).toBe(words);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('llms.txt', () => {
  const listed = (path: string) => ({ path, title: path === '' ? 'Home' : path, description: `d ${path}`, twin: `/${path}index.md` });

  test('names each page once, chapters first and in reading order', () => {
    const text = llmsText(['', 'b/', 'a/', 'labs/', 'labs/x/', 'errors/e/', 'glossary/t/', 'fidelity/'].map(listed), ['a', 'b', 'unwritten']);
    expect([...text.matchAll(/\]\((.*?)\)/g)].map((match) => match[1])).toEqual(
      ['a/', 'b/', 'labs/', 'labs/x/', 'errors/e/', '', 'fidelity/', 'glossary/t/'].map((path) => `/${path}index.md`),
    );
    expect(text.match(/^#.*/gm)).toEqual(['# Kubestep', '## Chapters', '## Labs', '## Error messages', '## More', '## Optional']);
  });
});
