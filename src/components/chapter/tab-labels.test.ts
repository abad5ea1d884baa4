import { expect, test } from 'vitest';
import { tabLabels } from './tab-labels.ts';

const tab = (label: string) => `<div class="tab" role="group" data-tab="${label}" aria-label="${label}"><p>x</p></div>`;

test('labels are those of the tabs, in order, as the author wrote them', () => {
  expect(tabLabels(tab('Linux') + tab('R&amp;D &quot;x&quot;'), 'system')).toEqual(['Linux', 'R&D "x"']);
});

test.each([
  ['one tab', tab('Linux'), /has 1 <Tab label="…">: expected at least two/],
  ['two of one name', tab('a') + tab('a'), /two tabs with the same label: a, a/],
])('%s stops the build', (_, html, message) => {
  expect(() => tabLabels(html, 'system')).toThrow(message);
});
