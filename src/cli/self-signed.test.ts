import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSigned } from './self-signed.ts';

test('the certificate is its own, for this machine, today', () => {
  const { key, cert } = selfSigned();
  const certificate = new X509Certificate(cert);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost('example.org')).toBeUndefined();
  const [from, to] = [certificate.validFromDate.getTime(), certificate.validToDate.getTime()];
  expect(from).toBeLessThan(Date.now());
  expect(to).toBeGreaterThan(Date.now());
  expect(to - from).toBeLessThan(3 * 86_400_000);
});

test('no two have the same key', () => {
  expect(selfSigned().keyHash).not.toBe(selfSigned().keyHash);
});
