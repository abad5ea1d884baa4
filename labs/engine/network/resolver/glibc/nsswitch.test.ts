import { describe, expect, test } from 'vitest';
import { readSources } from './nsswitch.ts';

describe('nsswitch.conf', () => {
  test.each([
    [null, 'files[success] dns[success]'],
    ['passwd: files\n', 'files[success] dns[success]'],
    ['hosts: dns files\n', 'dns[success] files[success]'],
    ['hosts:files # dns\n', 'files[success]'],
    ['hosts: files [NOTFOUND=return] dns\n', 'files[success,notfound] dns[success]'],
    ['hosts: dns [!UNAVAIL=return] files\n', 'dns[success,notfound,tryagain] files[success]'],
    ['hosts: files [SUCCESS=continue notfound=return] dns\n', 'files[notfound] dns[success]'],
  ])('%j is %s', (file, expected) => {
    const { sources } = readSources(file);
    expect(sources.map(({ name, endsAt }) => `${name}[${[...endsAt].join()}]`).join(' ')).toBe(expected);
  });
});
