/** docs/deploy/nginx.conf, run by nginx itself (vitest.config.ts leaves this file out where it is not installed); only the folder, the port and, below a path, the 404 page differ from the file. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const page = `<!doctype html><title>DNS</title>${'<p>A name.</p>'.repeat(100)}`;
const files: Readonly<Record<string, string>> = {
  'index.html': page,
  '404.html': '<!doctype html><title>There is no page</title>',
  'dns/index.html': page,
  'dns/index.md': '# DNS\n\nÜber Namen.\n',
  'llms.txt': '# All pages\n',
  'sw.js': 'self;',
  'sitemap.xml': '<urlset/>',
  '_astro/page.1a2b.js': `console.log('${'a'.repeat(400)}')`,
  '_astro/page.1a2b.css': `body{color:red}${'a{b:c}'.repeat(100)}`,
  'pagefind/lexicon.json': JSON.stringify('a'.repeat(400)),
  'pagefind/wasm.en.pagefind': 'b'.repeat(500),
  '.git/config': 'secret',
  '.well-known/security.txt': 'Contact: mailto:a@example.org\n',
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        done(port);
      });
    });
  });

describe.each(['', '/course'])('nginx serves a site built for "%s/"', (base) => {
  const folder = mkdtempSync(join(tmpdir(), 'kubestep-nginx-'));
  let port = 0;
  let nginx: ChildProcess;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    new Promise((done, fail) => {
      request({ host: '127.0.0.1', port, path: base + path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
        });
      })
        .on('error', fail)
        .end();
    });

  beforeAll(async () => {
    // Started by root, nginx reads as somebody else.
    chmodSync(folder, 0o755);
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, 'html', base, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    port = await freePort();
    const site = readFileSync('docs/deploy/nginx.conf', 'utf8')
      .replace('listen 8080', `listen 127.0.0.1:${port}`)
      .replace('root /usr/share/nginx/html;', `root ${join(folder, 'html')};`)
      .replace('/404.html;', `${base}/404.html;`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    writeFileSync(join(folder, 'site.conf'), site);
    // As the image of nginx for users without rights has it: no file of its own outside of one folder.
    writeFileSync(
      join(folder, 'nginx.conf'),
      `pid ${folder}/pid; error_log ${folder}/error.log; events {} http { ${temporary} access_log off; include ${folder}/site.conf; }`,
    );
    nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', 'daemon off;'], { stdio: 'ignore' });
    for (let tries = 0; tries < 50; tries += 1) {
      const isUp = await get('/').then(
        () => true,
        () => new Promise<boolean>((wait) => setTimeout(wait, 100, false)),
      );
      if (isUp) return;
    }
    throw new Error(`nginx does not answer: ${readFileSync(join(folder, 'error.log'), 'utf8')}`);
  });
  afterAll(() => {
    nginx.kill();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/dns/', 'text/html; charset=utf-8'],
    ['/dns/index.md', 'text/markdown; charset=utf-8'],
    ['/llms.txt', 'text/plain; charset=utf-8'],
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/sitemap.xml', 'application/xml'],
    ['/pagefind/lexicon.json', 'application/json; charset=utf-8'],
    ['/pagefind/wasm.en.pagefind', 'application/octet-stream'],
    ['/_astro/page.1a2b.css', 'text/css; charset=utf-8'],
  ])('%s as %s, with all headers', async (path, type) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'content-security-policy': "frame-ancestors 'none'",
      'permissions-policy': expect.stringContaining('camera=()') as string,
      'cache-control': path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    expect(headers.server).toBe('nginx');
  });

  test.each(['/', '/_astro/page.1a2b.js', '/_astro/page.1a2b.css', '/pagefind/lexicon.json'])(
    '%s packed for who takes that, and plain for who does not',
    async (path) => {
      const [packed, plain] = await Promise.all([get(path, { 'accept-encoding': 'gzip' }), get(path)]);
      expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
      expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    },
  );

  test('an address without its slash leads to the one with it, on the host and port that was asked', async () => {
    const { status, headers } = await get('/dns?a=b');
    expect([status, headers.location]).toEqual([301, `${base}/dns/?a=b`]);
  });

  test.each(['/nowhere/', '/dns/nowhere', '/_astro/page.old.js', '/_astro/', '/pagefind/', '/.git/config', '/.git/'])(
    '%s is not there: the page of the site, and nobody keeps that',
    async (path) => {
      const { status, headers, body } = await get(path);
      expect(status).toBe(404);
      expect(body.toString()).toContain('There is no page');
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "frame-ancestors 'none'",
      });
    },
  );

  test('a page that has not changed is not sent again, and parts of a file can be asked for', async () => {
    const { headers } = await get('/dns/');
    expect((await get('/dns/', { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
    const part = await get('/pagefind/wasm.en.pagefind', { range: 'bytes=0-9' });
    expect([part.status, part.body.length]).toEqual([206, 10]);
    const kept = await get('/_astro/page.1a2b.js', { range: 'bytes=0-9' });
    expect(kept.headers['cache-control']).toContain('immutable');
  });

  test('files for others to find (.well-known) are served', async () => {
    expect((await get('/.well-known/security.txt')).status).toBe(200);
  });
});
