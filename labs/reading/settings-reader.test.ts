import { expect, test } from 'vitest';
import { SettingsReader } from './settings-reader.ts';

const places = (text: string, read: (reader: SettingsReader) => void): readonly string[] => {
  const reader = new SettingsReader(text, 1000);
  read(reader);
  return reader.errors.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);
};

test.each([
  ['a field that does not exist is pointed at by its name', 'kindname: Pod', '1:1 kindname: no such field'],
  ['one inside another, too', 'kind: Pod\nspec:\n  colour: red', '3:3 spec.colour: no such field'],
])('%s', (_name, text, said) => {
  expect(
    places(text, (reader) => {
      reader.onlyFields([], ['kind', 'spec']);
      reader.onlyFields(['spec'], ['size']);
    }),
  ).toEqual([said]);
});

test('a wrong value is pointed at itself', () => {
  expect(places('ready: maybe', (reader) => reader.truth(['ready']))).toEqual(['1:8 ready: this is the text "maybe"']);
});
