import { expect, test } from 'vitest';
import { readAddress, writeAddress } from '../ip-literal.ts';
import { sortAddresses } from './sort-addresses.ts';

const v4 = ['10.244.1.5'];
const dual = ['10.244.1.5', 'fd00:10:244:1::5'];

test.each<readonly [readonly string[], readonly string[], readonly string[], string]>([
  [['10.0.0.7', 'fd00::7'], v4, ['10.0.0.7', 'fd00::7'], 'without IPv6 what cannot be reached comes last'],
  [['fd00::7', '10.0.0.7'], v4, ['10.0.0.7', 'fd00::7'], 'without IPv6 what cannot be reached comes last'],
  [['10.0.0.7', 'fd00::7'], dual, ['fd00::7', '10.0.0.7'], 'IPv6 of the same kind has precedence'],
  [['10.0.0.7', '2606::7'], dual, ['10.0.0.7', '2606::7'], 'a private source does not fit a public IPv6 address'],
  [['10.0.0.7', '127.0.0.5'], v4, ['127.0.0.5', '10.0.0.7'], 'a small scope comes first'],
  [['10.9.0.1', '10.244.1.77'], v4, ['10.9.0.1', '10.244.1.77'], 'without IPv6 prefix lengths are unknown'],
  [['10.9.0.1', '10.244.1.5'], v4, ['10.244.1.5', '10.9.0.1'], 'the own address is nearest'],
  [['10.9.0.1', '10.244.1.77'], dual, ['10.244.1.77', '10.9.0.1'], 'with IPv6 the own network is near'],
  [['fd00:20::1', 'fd00:10:244:1::9'], dual, ['fd00:10:244:1::9', 'fd00:20::1'], 'the longer common prefix'],
  [['10.0.0.2', '10.0.0.1'], v4, ['10.0.0.2', '10.0.0.1'], 'equal ones keep their order'],
])('of %j a pod with %j makes %j: %s', (texts, own, expected) => {
  const addresses = texts.map((text) => readAddress(text)).filter((address) => typeof address === 'object');
  expect(sortAddresses(addresses, own).map(writeAddress)).toEqual(expected);
});
