import { expect, test } from 'vitest';
import { retryLab as lab } from '../../tests/fixtures/retry-client/setup.ts';
import { Models } from './models.ts';

/** A network that fails so many times. */
function fetching(failures: number): { readonly fetch: () => Promise<typeof lab>; readonly asked: () => number } {
  let asked = 0;
  return {
    fetch: () => {
      asked += 1;
      return asked <= failures ? Promise.reject(new Error('no network')) : Promise.resolve(lab);
    },
    asked: () => asked,
  };
}

test('models come once, and are there from then on', async () => {
  const { fetch, asked } = fetching(0);
  const models = new Models(fetch, undefined);
  expect(models.lab).toBeUndefined();
  expect(await models.load()).toBe(lab);
  expect(await models.load()).toBe(lab);
  expect([models.lab, asked()]).toEqual([lab, 1]);
});

test('after a failure asking again tries again', async () => {
  const models = new Models(fetching(1).fetch, undefined);
  await expect(models.load()).rejects.toThrow('no network');
  expect(await models.load()).toBe(lab);
});

test('a lab that came whole is never fetched', async () => {
  const { fetch, asked } = fetching(0);
  const models = new Models(fetch, lab);
  models.foretell();
  expect(await models.load()).toBe(lab);
  expect(asked()).toBe(0);
});

test('foretelling asks once and keeps a failure to itself', async () => {
  const { fetch, asked } = fetching(1);
  const models = new Models(fetch, undefined);
  models.foretell();
  models.foretell();
  await expect.poll(asked).toBe(1);
  expect(models.lab).toBeUndefined();
  expect(await models.load()).toBe(lab);
});
