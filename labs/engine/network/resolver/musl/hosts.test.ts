import { describe, expect, test } from 'vitest';
import { findAddressInHosts, findInHosts } from './hosts.ts';
import { readAddress, writeAddress } from '../ip-literal.ts';

const file = [
  '127.0.0.1\tlocalhost',
  '::1 localhost ip6-localhost',
  '10.0.0.1 web.local web # the web',
  '10.0.0.2 web',
  ' 10.0.0.3 web',
  'fd00::6 six',
  'no-address web',
  '#10.0.0.4 web',
  '',
].join('\n');
const find = (name: string, family: 'unspec' | 'inet' | 'inet6' = 'unspec', text: string | null = file) => {
  const { addresses, ...rest } = findInHosts(text, name, family);
  return { ...rest, addresses: addresses.map(writeAddress) };
};

describe('a name in the hosts file', () => {
  test('all lines with the name count, the first one names the host', () => {
    expect(find('web')).toEqual({ addresses: ['10.0.0.1', '10.0.0.2'], canonicalName: 'web.local', wrongFamily: false });
  });

  test('only lines of the family count', () => {
    expect(find('localhost', 'inet6').addresses).toEqual(['::1']);
  });

  test('a name with addresses of the other family only is there, but gives none', () => {
    expect(find('six', 'inet')).toMatchObject({ addresses: [], wrongFamily: true });
  });

  test.each([
    ['WEB', 'capitals count'],
    ['web.', 'a final dot counts'],
    ['eb', 'a part of a name'],
    ['10.0.0.1', 'the address itself'],
    ['the', 'a comment'],
  ])('"%s" is not found: %s', (name) => {
    expect(find(name)).toEqual({ addresses: [], canonicalName: undefined, wrongFamily: false });
  });

  test('a name at the very end of a file without a line feed is not found, because musl wants white space behind it', () => {
    expect(find('web', 'unspec', '10.0.0.1 web').addresses).toEqual([]);
    expect(find('web', 'unspec', '10.0.0.1 web#').addresses).toEqual(['10.0.0.1']);
  });

  test('a line of more than 511 bytes is read as two lines', () => {
    const long = `10.0.0.1 ${'a'.repeat(502)}`;
    expect(find('web', 'unspec', `${long}10.0.0.9 web\n`).addresses).toEqual(['10.0.0.9']);
    expect(find('web', 'unspec', `${long.slice(2)} 10.0.0.9 web\n`).addresses).toEqual(['0.0.0.9']);
  });

  test('at most 48 addresses are taken', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `10.0.1.${index} many\n`).join('');
    expect(find('many', 'unspec', lines).addresses).toHaveLength(48);
  });

  test('a name with characters that no host name has finds its line, but does not become the canonical name', () => {
    expect(find('my_host', 'unspec', '10.0.0.1 my_host alias\n')).toEqual({ addresses: ['10.0.0.1'], canonicalName: undefined, wrongFamily: false });
  });

  test('without a file nothing is found', () => {
    expect(find('web', 'unspec', null).addresses).toEqual([]);
  });
});

describe('an address in the hosts file', () => {
  test.each([
    ['10.0.0.1', 'web.local'],
    ['::ffff:10.0.0.1', 'web.local'],
    ['::1', 'localhost'],
    ['10.0.0.3', undefined],
    ['10.0.0.4', undefined],
  ])('%s has the name %s', (text, name) => {
    const address = readAddress(text);
    expect(typeof address === 'object' && findAddressInHosts(file, address)).toBe(name);
  });
});
