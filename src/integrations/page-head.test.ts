import { describe, expect, test } from 'vitest';
import { withEarlyHead, withoutFacade, type ScriptText } from './page-head.ts';

const scripts: Readonly<Record<string, string>> = {
  'Page.a1.js': 'import"./shell.b2.js";',
  'shell.b2.js': 'export const a=1;import("./dialog.js")',
  'Lab.c3.js': 'import{a}from"./shell.b2.js";import{b}from"./urls.d4.js";b(a)',
  'urls.d4.js': 'import{c}from"./deep.e5.js";export const b=c',
  'deep.e5.js': 'export const c=1',
  'dialog.js': '',
  'Own.f6.js': 'import"./gone.g7.js";import{c}from"./deep.e5.js";c()',
};
const textOf: ScriptText = (name) => scripts[name];
const sheet = (name: string) => `<link rel="stylesheet" href="/course/_astro/${name}.css">`;
const script = (name: string) => `<script type="module" src="/course/_astro/${name}.js"></script>`;
const ahead = (name: string) => `<link rel="modulepreload" href="/course/_astro/${name}.js">`;

describe('the head of a built page', () => {
  test('has each stylesheet once, where it was first', () => {
    const page = `<head><title>x</title>${sheet('style.b2')}</head><body>${sheet('lab')}<p>a</p>${sheet('other')}${sheet('lab')}</body>`;
    expect(withEarlyHead(page, textOf)).toBe(`<head><title>x</title>${sheet('style.b2')}</head><body>${sheet('lab')}<p>a</p>${sheet('other')}</body>`);
  });

  test('has the stylesheet of the site before those of the page', () => {
    const page = `<head>${sheet('reference.a1')}${sheet('style.b2')}</head><body>${sheet('view.c3')}</body>`;
    expect(withEarlyHead(page, textOf)).toBe(`<head>${sheet('style.b2')}${sheet('reference.a1')}</head><body>${sheet('view.c3')}</body>`);
  });

  test('names what the scripts of the page import, however deep, and not what they load later', () => {
    const page = `<head></head><body>${script('Lab.c3')}</body>`;
    expect(withEarlyHead(page, textOf)).toBe(`<head>${ahead('shell.b2')}${ahead('urls.d4')}${ahead('deep.e5')}</head><body>${script('Lab.c3')}</body>`);
  });

  test('does not name a script that was not built', () => {
    expect(withEarlyHead(`<head></head>${script('Own.f6')}`, textOf)).toBe(`<head>${ahead('deep.e5')}</head>${script('Own.f6')}`);
  });

  test('does not name a script that the page has anyway', () => {
    const page = `<head></head><body>${script('Lab.c3')}${script('Page.a1')}</body>`;
    const html = withEarlyHead(page, textOf);
    expect(html).toContain(`${script('Lab.c3')}${script('shell.b2')}`);
    expect(html).not.toContain(ahead('shell.b2'));
  });

  test('leaves a script that does anything itself as it is', () => {
    expect(withoutFacade('Page.a1.js', textOf)).toBe('shell.b2.js');
    expect(withoutFacade('Lab.c3.js', textOf)).toBe('Lab.c3.js');
    expect(withoutFacade('gone.js', textOf)).toBe('gone.js');
  });

  test('shows code that speaks of links as it is', () => {
    const page = '<head></head><body><pre>&lt;link rel="stylesheet" href="/a.css"></pre></body>';
    expect(withEarlyHead(page, textOf)).toBe(page);
    const piece = `<p>no head</p>${sheet('a')}${sheet('a')}`;
    expect(withEarlyHead(piece, textOf)).toBe(piece);
  });
});
