import { expect, test } from 'vitest';
import { isMatch } from './name-match.ts';

test.each([
  ['a word', 'pod', 'Pod', true],
  ['the beginning of a word', 'pers', 'PersistentVolume', true],
  ['a word inside a compound', 'slice', 'EndpointSlice', true],
  ['another name', 'rwo', 'Access mode\nReadWriteOnce\nRWO', true],
  ['two words for one', 'endpoint slice', 'EndpointSlice', true],
  ['one word for two', 'kubeproxy', 'kube-proxy', true],
  ['words in any order', 'class storage', 'StorageClass', true],
  ['an instance of an error text', '0/7 nodes are available: 7 Insufficient cpu', '0/n nodes are available: n Insufficient cpu.', true],
  ['a number alone', '137', 'Exit Code: 137', true],
  ['nothing', '  ', 'Pod', true],
  ['few letters inside a word', 'rwo', 'network', false],
  ['letters across two names', 'rkser', 'network\nserver', false],
  ['a word that is not there', 'pod nowhere', 'Pod', false],
])('%s: %s in %j', (_, query, text, wanted) => {
  expect(isMatch(query, text)).toBe(wanted);
});
