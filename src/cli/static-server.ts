import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type Server } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { readFile } from 'node:fs/promises';
import type { Server as TcpServer } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { Server as TlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { Built } from './arguments.ts';
import { selfSigned } from './self-signed.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.epub': 'application/epub+zip',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
};

/** What an address leads to: a file of the built site, an address with the slash that was left out, or nothing. */
export type Target = { readonly file: string } | { readonly redirect: string } | undefined;

/** Finds the file for a request path as a static host would. Paths out of the folder or out of the base lead nowhere. */
export function targetOf(pathname: string, base: string): Target {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (`${path}/` === base) return { redirect: base };
  if (!path.startsWith(base) || path.includes('\0')) return undefined;
  const inside = normalize(path.slice(base.length));
  if (inside.split(sep).includes('..') || inside.startsWith(sep)) return undefined;
  if (path.endsWith('/')) return { file: join(inside, 'index.html') };
  if (extname(path) === '') return { redirect: `${path}/` };
  return { file: inside };
}

async function answerFor(target: Target, outDir: string): Promise<{ readonly status: number; readonly type: string; readonly body: Buffer }> {
  if (target && 'file' in target) {
    try {
      return { status: 200, type: types[extname(target.file)] ?? 'application/octet-stream', body: await readFile(join(outDir, target.file)) };
    } catch {
      // Not there: the page that says so follows.
    }
  }
  const body = await readFile(join(outDir, '404.html')).catch(() => Buffer.from('Not found'));
  return { status: 404, type: 'text/html; charset=utf-8', body };
}

type Answer = (
  request: { readonly url?: string | undefined; readonly method?: string | undefined; readonly headers: IncomingHttpHeaders },
  response: {
    readonly writeHead: (status: number, headers: OutgoingHttpHeaders) => { readonly end: () => unknown };
    readonly end: (body: Buffer) => unknown;
  },
) => void;

/** Answers requests as hosts do: compressed, what has a hash in its name kept for ever. */
function answerFrom({ outDir, base }: Built): Answer {
  return (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const target = targetOf(pathname, base);
    if (target && 'redirect' in target) {
      response.writeHead(301, { location: target.redirect + search }).end();
      return;
    }
    void answerFor(target, outDir).then(({ status, type, body }) => {
      const isText = /text|json|svg|xml/.test(type) && (request.headers['accept-encoding'] ?? '').includes('gzip');
      response.writeHead(status, {
        'content-type': type,
        'cache-control': pathname.includes('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        'x-content-type-options': 'nosniff',
        ...(isText ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {}),
      });
      response.end(request.method === 'HEAD' ? Buffer.alloc(0) : isText ? gzipSync(body) : body);
    });
  };
}

function listening<Kind extends TcpServer>(server: Kind, port: number): Promise<Kind> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => {
      resolve(server);
    });
  });
}

/** Serves a built site on this machine only, compressed as hosts do. `port` 0 takes any free one. Resolves once it listens. */
export function serveStatic(built: Built, port: number): Promise<Server> {
  return listening(createServer(answerFrom(built)), port);
}

/** The same over TLS and HTTP/2, as public hosts speak, on a free port. A browser comes in only when it is told to take this very key. */
export async function serveSecure(built: Built): Promise<{ readonly server: Http2SecureServer; readonly keyHash: string }> {
  const { key, cert, keyHash } = selfSigned();
  return { server: await listening(createSecureServer({ key, cert }, answerFrom(built)), 0), keyHash };
}

/** The address at which a server that listens is reached. */
export function addressOf(server: TcpServer, base: string): string {
  const address = server.address();
  const scheme = server instanceof TlsServer ? 'https' : 'http';
  return `${scheme}://localhost:${address !== null && typeof address === 'object' ? address.port : 0}${base}`;
}
