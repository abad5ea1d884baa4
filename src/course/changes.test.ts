import { expect, test } from 'vitest';
import { longDate, readChanges } from './changes.ts';

const log = [
  '\x002026-11-21\n\ncontent/05-networking/24-dns/index.mdx\ncontent/data/course.yaml\n',
  '\x002026-11-20\n\ncontent/05-networking/24-dns/manifests/ent.yaml\ncontent/06-storage/28-pv-pvc/quiz.yaml\n',
  '\x002026-11-01\n\n"content/06-storage/28-pv-pvc/b\\303\\244r.yaml"\n',
].join('');

test('the day of a chapter is that of the newest commit that touched its folder', () => {
  expect([...readChanges(log)]).toEqual([
    ['dns', '2026-11-21'],
    ['pv-pvc', '2026-11-20'],
  ]);
});

test('a log without commits knows nothing', () => {
  expect(readChanges('').size).toBe(0);
});

test('a day is written out, whatever the time zone of the machine', () => {
  expect(longDate('2026-11-20')).toBe('20 November 2026');
  expect(longDate('2026-01-01')).toBe('1 January 2026');
});
