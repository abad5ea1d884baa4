import { describe, expect, test } from 'vitest';
import { matchLab, type Asked, type LabNames } from './lab-match.ts';

const lab: LabNames = {
  area: 'storage',
  minutes: 15,
  mode: 'run',
  text: 'Which volume does a claim get?\nWhy is my claim pending?',
  scenarios: [
    { id: 'smallest-fit', title: 'The smallest volume that fits', task: 'Three volumes of unlike sizes.', kind: 'show' },
    { id: 'fix-zone', title: 'Repair: the wrong zone', task: 'The pod waits.', kind: 'challenge' },
  ],
};
const asked = (some: Partial<Asked>): Asked => ({ text: '', area: '', minutes: '', kind: '', ...some });
const ids = (some: Partial<Asked>, of = lab) => matchLab(of, asked(some))?.map(({ id }) => id);

describe('the filter of the labs', () => {
  test.each<[string, Partial<Asked>, readonly string[] | undefined]>([
    ['nothing asked fits, and names no scenario', {}, []],
    ['another area does not fit', { area: 'networking' }, undefined],
    ['its own area fits', { area: 'storage' }, []],
    ['as many minutes as allowed fit', { minutes: '15' }, []],
    ['more minutes than allowed do not', { minutes: '10' }, undefined],
    ['a word of the lab fits and names scenarios with the same word only', { text: 'volume' }, ['smallest-fit']],
    ['a word of one scenario finds its lab', { text: 'zone' }, ['fix-zone']],
    ['a word of the task of one scenario finds it, too', { text: 'waits' }, ['fix-zone']],
    ['words of lab and scenario together find it', { text: 'claim zone' }, ['fix-zone']],
    ['a word that stands nowhere does not fit', { text: 'ndots' }, undefined],
    ['challenges are named without a word', { kind: 'challenge' }, ['fix-zone']],
    ['a word in a scenario of another kind does not fit', { kind: 'challenge', text: 'smallest' }, undefined],
    ['labs that run in time', { kind: 'run' }, []],
    ['labs that answer at once', { kind: 'bench' }, undefined],
  ])('%s', (_, some, expected) => {
    expect(ids(some)).toEqual(expected);
  });

  test('a lab without challenges does not fit when they are asked for', () => {
    expect(ids({ kind: 'challenge' }, { ...lab, scenarios: lab.scenarios.slice(0, 1) })).toBeUndefined();
  });

  test('names at most six scenarios', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ id: String(index), title: 'Zone', task: '', kind: 'show' as const }));
    expect(ids({ text: 'zone' }, { ...lab, scenarios: many })).toHaveLength(6);
  });
});
