import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Thing } from './storage.ts';

interface Marks {
  readonly marks: Readonly<Record<string, number>>;
}
const thing: Thing<Marks> = {
  key: 'kubestep:test',
  read: (value) => (value as Marks | null) ?? { marks: {} },
};
const withMark =
  (name: string, at: number) =>
  ({ marks }: Marks): Marks => ({ marks: { ...marks, [name]: at } });

const said = vi.fn();
vi.mock('./say-refused.ts', () => ({ sayRefused: said }));

/** A tab: the module with its own memory, over a storage that tabs share. */
async function openTab(): Promise<typeof import('./storage.ts')> {
  vi.resetModules();
  return import('./storage.ts');
}

function storage(options: { readonly refuses?: boolean; full?: boolean } = {}): Map<string, string> {
  const texts = new Map<string, string>();
  const use = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (options.full === true) throw new DOMException('full', 'QuotaExceededError');
      texts.set(key, text);
    },
    removeItem: (key: string) => texts.delete(key),
  };
  vi.stubGlobal('localStorage', undefined);
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get: () => {
      if (options.refuses === true) throw new DOMException('no', 'SecurityError');
      return use;
    },
  });
  return texts;
}

beforeEach(() => {
  said.mockClear();
});

test('two tabs that write different entries lose nothing, and of one entry the last write holds', async () => {
  storage();
  const one = await openTab();
  const other = await openTab();
  one.load(thing);
  other.load(thing);
  one.change(thing, withMark('a', 1));
  other.change(thing, withMark('b', 2));
  one.change(thing, withMark('c', 3));
  other.change(thing, withMark('a', 4));
  expect(one.load(thing).marks).toEqual({ a: 4, b: 2, c: 3 });
});

test('what is kept says its version', async () => {
  const texts = storage();
  (await openTab()).change(thing, withMark('a', 1));
  expect(JSON.parse(texts.get(thing.key) ?? '')).toEqual({ v: 1, marks: { a: 1 } });
});

describe('storage that does not take what it is given', () => {
  test.each([
    ['refused', { refuses: true }],
    ['full', { full: true }],
  ])('%s: everything holds as long as the page, and each time it is told what was not kept', async (_name, options) => {
    storage(options);
    const tab = await openTab();
    tab.change(thing, withMark('a', 1));
    tab.change(thing, withMark('b', 2));
    expect(tab.load(thing).marks).toEqual({ a: 1, b: 2 });
    await vi.waitFor(() => {
      expect(said.mock.calls).toEqual([[thing.key], [thing.key]]);
    });
  });

  test('once there is room again, all of it is kept', async () => {
    const options = { full: true };
    const texts = storage(options);
    const tab = await openTab();
    tab.change(thing, withMark('a', 1));
    options.full = false;
    tab.change(thing, withMark('b', 2));
    expect(JSON.parse(texts.get(thing.key) ?? '')).toMatchObject({ marks: { a: 1, b: 2 } });
  });
});

test('what a newer release wrote is not read and not written over', async () => {
  const texts = storage();
  const newer = '{"v":2,"anything":[1]}';
  texts.set(thing.key, newer);
  const tab = await openTab();
  tab.change(thing, withMark('a', 1));
  expect(tab.load(thing).marks).toEqual({ a: 1 });
  expect(texts.get(thing.key)).toBe(newer);
});

test('a broken text is read as nothing', async () => {
  const texts = storage();
  texts.set(thing.key, '{');
  expect((await openTab()).load({ ...thing, read: (value) => ({ marks: { seen: value === undefined ? 1 : 0 } }) }).marks).toEqual({ seen: 1 });
});
