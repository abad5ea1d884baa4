import { describe, expect, test } from 'vitest';
import { bodyOf } from './lab-figure.ts';
import { onPaper } from './on-paper.ts';
import { questionsOf } from './quiz.ts';
import { xhtmlOf } from './xhtml.ts';

const paper = (html: string): string => xhtmlOf(onPaper(bodyOf(html)));

describe('on paper', () => {
  test.each([
    ['controls go', '<p>a<button>b</button><input value="c"> d</p>', '<p>a d</p>'],
    [
      'scripts and focus go',
      '<pre tabindex="0" data-language="sh" onclick="x()"><code>a</code></pre><script>b</script>',
      '<pre><code><span class="line">a\n</span></code></pre>',
    ],
    ['what is hidden goes', '<p hidden>a</p><p>b</p>', '<p>b</p>'],
    ['every element is closed', '<ul><li>a<br>b<li>c</ul>', '<ul><li>a<br />b</li><li>c</li></ul>'],
    ['what opens is open', '<details><summary>a</summary><p>b</p></details>', '<div class="opened"><p class="opened-title">a</p><p>b</p></div>'],
    [
      'cards are a list of meanings',
      '<div class="cards"><details class="card"><summary><span>a</span></summary><div>b</div></details><p>review</p></div>',
      '<dl class="cards-list"><dt><span>a</span></dt><dd><div>b</div></dd></dl>',
    ],
    [
      'tabs stand below each other',
      '<div class="tabs"><div class="tab-list"><button>a</button></div><div class="tab">b</div></div>',
      '<div class="tabs"><div class="tab">b</div></div>',
    ],
    [
      'a caption with buttons only goes',
      '<figure><figcaption><button>Copy</button></figcaption><pre>a</pre></figure>',
      '<figure><pre><span class="line">a\n</span></pre></figure>',
    ],
    ['what opens a listing in a lab goes', '<p>a<a href="/labs/x/" data-open="y">Open in a lab</a></p>', '<p>a</p>'],
    [
      'drawings keep what draws them',
      '<svg viewBox="0 0 1 1" tabindex="0"><path d="M0 0" marker-end="url(#a)"></path></svg>',
      '<svg viewBox="0 0 1 1"><path d="M0 0" marker-end="url(#a)" /></svg>',
    ],
    ['icons of the page go', '<p><svg aria-hidden="true"><use href="#i-x"></use></svg>a</p>', '<p>a</p>'],
    ['asides say that they are', '<div class="note" role="note">a</div>', '<aside class="note">a</aside>'],
  ])('%s', (_, html, expected) => {
    expect(paper(html)).toBe(expected);
  });

  test.each([
    [80, '<pre>'],
    [81, '<pre class="wide-lines">'],
  ])('a table of %i signs a line is set in the size it needs', (length, expected) => {
    expect(paper(`<pre><span class="output">short\n${'x'.repeat(length)}  </span></pre>`)).toContain(expected);
  });

  test('a long sentence among short lines may take several lines', () => {
    expect(paper(`<pre><span class="output">${'a\n'.repeat(9)}${'x'.repeat(200)}</span></pre>`)).toContain('<pre>');
  });

  test('a command may take several lines', () => {
    expect(paper(`<pre>kubectl ${'x'.repeat(200)}</pre>`)).toContain('<pre>');
  });
});

test('signs that XML cannot hold are left out', () => {
  expect(xhtmlOf(['a\u0000\u0008b\n'])).toBe('ab\n');
});

const option = (text: string, rest: string, why: string): string =>
  `<li class="opt" ${rest}><label><input type="radio"><span>${text}</span></label><p class="why"><b>W.</b> ${why}</p></li>`;
const question = (kind: string, options: string): ReturnType<typeof questionsOf> =>
  questionsOf({
    name: 'div',
    classes: ['quiz'],
    attributes: {},
    children: bodyOf(
      `<form class="quiz-item" id="quiz-q" data-kind="${kind}"><fieldset><legend><small>Question 1 of 2, choose one</small><span>Why?</span></legend><ul class="opts">${options}</ul></fieldset><div class="row"><a class="again" href="#s">Read it again</a></div></form>`,
    ),
  });

describe('a question', () => {
  test('asks without its answers', () => {
    const asked = xhtmlOf(question('choice', option('One', 'data-right', 'because') + option('Two', '', 'never')).asked);
    expect(asked).toContain('Why?');
    expect(asked).toContain('<span class="letter">b) </span><span>Two</span>');
    expect(asked).not.toMatch(/because|never|Question 1/u);
    expect(asked).toContain('(choose one; ');
  });

  test('answers with the reason for every option, and says where to read again', () => {
    const answered = xhtmlOf(question('choice', option('One', 'data-right', 'because') + option('Two', '', 'never')).answered);
    expect(answered).toMatch(/id="quiz-q-answer".*a\) .*because.*b\) .*never.*href="#quiz-q".*href="#s"/u);
  });

  test('about an order is answered in that order', () => {
    const answered = xhtmlOf(
      question('order', option('One', 'data-right data-place="2"', 'second') + option('Two', 'data-right data-place="1"', 'first')).answered,
    );
    expect(answered).toMatch(/b\) .*first.*a\) .*second/u);
  });

  test('that is typed does not show what is right', () => {
    const typed = question('input', '<li class="opt" data-right><code>42</code><p class="why"><b>Right.</b> counted</p></li>');
    expect(xhtmlOf(typed.asked)).not.toContain('42');
    expect(xhtmlOf(typed.answered)).toMatch(/<code>42<\/code>.*counted/u);
  });
});
