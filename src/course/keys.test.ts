import { describe, expect, test } from 'vitest';
import { keyGroups } from './keys.ts';
import { keyNames } from '../lab-player/key-names.ts';
import { shortcutOf } from '../lab-player/shortcuts.ts';

/** What the browser calls a key that readers know by another name. */
const eventKeys: Readonly<Record<string, string>> = { Space: ' ', Esc: 'Escape' };
const labRows = keyGroups.find(({ id }) => id === 'lab')!.rows;

describe('the page of keys', () => {
  test.each(labRows.flatMap((row) => row.keys.map(([key = '']) => ({ key, what: row.what.toLowerCase() }))))(
    'what it says of $key in a lab is what the lab does',
    ({ key, what }) => {
      const does = shortcutOf(eventKeys[key] ?? key, 'run', { typing: false, pressable: false });
      expect(does && keyNames[does][1]).toBe(what);
    },
  );

  test('the keys that the switch turns off are those of one sign in a lab, and the one of the search', () => {
    const singles = keyGroups.flatMap(({ rows }) => rows.filter(({ isSingle }) => isSingle).flatMap(({ keys }) => keys.flat()));
    expect(singles.toSorted()).toEqual([',', '.', '/', '1', '2', '3', '?', 'Space', 'c', 'f', 'k', 'r']);
  });
});
