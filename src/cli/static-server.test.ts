import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressOf, serveSecure, serveStatic, targetOf } from './static-server.ts';

describe('what an address leads to', () => {
  test.each([
    ['the root is the first page', '/', '/', { file: 'index.html' }],
    ['a folder is its page', '/dns/', '/', { file: join('dns', 'index.html') }],
    ['a slash left out is added', '/dns', '/', { redirect: '/dns/' }],
    ['a file is itself', '/_astro/a.css', '/', { file: join('_astro', 'a.css') }],
    ['below a base the base is taken off', '/course/dns/', '/course/', { file: join('dns', 'index.html') }],
    ['the base without its slash is completed', '/course', '/course/', { redirect: '/course/' }],
    ['outside the base there is nothing', '/dns/', '/course/', undefined],
    ['nothing leads out of the folder', '/../secret.txt', '/', undefined],
    ['not even when it is encoded', '/..%2f..%2fsecret.txt', '/', undefined],
    ['nor with a broken encoding', '/%zz', '/', undefined],
    ['nor below a base', '/course/%2e%2e/x.txt', '/course/', undefined],
  ])('%s', (_name, path, base, target) => {
    expect(targetOf(path, base)).toEqual(target);
  });
});

test('a missing page is a 404 with the page that says so, a present one has its type', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'site-'));
  writeFileSync(join(outDir, 'index.html'), '<p>here');
  writeFileSync(join(outDir, '404.html'), '<p>gone');
  const server = await serveStatic({ outDir, base: '/' }, 0);
  const [here, gone] = await Promise.all([fetch(addressOf(server, '/')), fetch(`${addressOf(server, '/')}none/`)]);
  expect([here.status, here.headers.get('content-type'), await here.text()]).toEqual([200, 'text/html; charset=utf-8', '<p>here']);
  expect([gone.status, await gone.text()]).toEqual([404, '<p>gone']);
  server.close();
});

test('over TLS it speaks HTTP/2', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'site-'));
  writeFileSync(join(outDir, 'index.html'), '<p>here');
  const { server, keyHash } = await serveSecure({ outDir, base: '/' });
  const address = addressOf(server, '/');
  expect(address).toMatch(/^https:/);
  expect(Buffer.from(keyHash, 'base64')).toHaveLength(32);
  const session = connect(address, { rejectUnauthorized: false });
  const request = session.request({ ':path': '/' });
  const status = new Promise((resolve) => {
    request.on('response', (headers) => {
      resolve(headers[':status']);
    });
  });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  expect([session.alpnProtocol, await status, Buffer.concat(chunks).toString()]).toEqual(['h2', 200, '<p>here']);
  session.close();
  server.close();
});
