import { describe, expect, test } from 'vitest';
import { sizedDrawings } from './drawing-size.ts';
import { bodyOf } from './lab-figure.ts';
import { onPaper } from './on-paper.ts';
import { xhtmlOf } from './xhtml.ts';

const sized = (box: string): string =>
  xhtmlOf(
    sizedDrawings(
      onPaper(bodyOf(`<figure class="figure"><div class="diagram"><svg width="340" viewBox="${box}"></svg></div><figcaption>c</figcaption></figure>`)),
    ),
  );

describe('a drawing on paper', () => {
  test('that is narrow stands beside the text, in its own size', () => {
    expect(sized('4 4 300 800')).toMatch(/^<figure class="figure beside">.*<svg width="186"/u);
  });

  test('that is wide has the whole line', () => {
    expect(sized('0 0 800 300')).toMatch(/^<figure class="figure">.*<svg width="496"/u);
  });

  test.each([
    [419, 'figure beside'],
    [421, 'figure'],
  ])('of %i pixels is called %s', (width, classes) => {
    expect(sized(`0 0 ${width} 300`)).toContain(`<figure class="${classes}">`);
  });

  test('without a size, and a figure without a drawing, stay as they are', () => {
    expect(sized('')).toMatch(/^<figure class="figure">.*<svg width="340"/u);
    expect(xhtmlOf(sizedDrawings(bodyOf('<figure class="code"><pre>a</pre></figure>')))).toBe('<figure class="code"><pre>a</pre></figure>');
  });
});
