import { expect, test } from 'vitest';
import { allControllers } from '../../engine/all.ts';
import { createCsiControllers } from '../../engine/volumes/volume-controllers.ts';
import { actorInWords } from './cluster-words.ts';

// Events of nodes are told in the name of the node-controller.
const names = [...[...allControllers, ...createCsiControllers([])].map(({ name }) => name), 'node-controller'];

test.each(names)('%s has a name that stands in a sentence', (name) => {
  expect(actorInWords(name)).toMatch(/^The [a-z]+( [a-z]+)*$/iu);
});
