import { expect, test } from 'vitest';
import { meantPath, wordsOf } from './lost-address.ts';

test.each([
  ['/pod-netwrok/', '/', 'pod netwrok'],
  ['/course/pod-network/index.html', '/course/', 'pod network'],
  ['/05-networking/24-dns/', '/', 'networking dns'],
  ['/glossary/kube%20proxy/', '/', 'glossary kube proxy'],
  ['/resolv.conf', '/', 'resolv.conf'],
  ['/%E0%A4%A', '/', 'E0 A4 A'],
  ['/404', '/', ''],
  ['/a-b-c-d-e-f-g-h-i-j/', '/', 'a b c d e f g h'],
])('the words of %s below %s are "%s"', (path, base, words) => {
  expect(wordsOf(path, base)).toBe(words);
});

const known = ['/', '/dns/', '/labs/', '/parts/networking/', '/pv-pvc/', '/packet-paths/'];
test.each([
  ['/dnss/', '/dns/'],
  ['/24-dns/', '/dns/'],
  ['/Networking', '/parts/networking/'],
  ['/pvpvc.html', '/pv-pvc/'],
  ['/chapters/packet_path/index.html', '/packet-paths/'],
  ['/quantum-teleportation/', undefined],
  ['/ab/', undefined],
  ['/', undefined],
])('%s was meant to be %s', (path, meant) => {
  expect(meantPath(path, known)).toBe(meant);
});
