/**
 * The service worker: keeps one whole version of the site, and answers from it alone, so that pages, labs and search work without a network and never mix two
 * versions. It is one file without imports; `src/cli/offline.ts` puts the version before it. It is registered only when somebody asks for it (/offline/).
 */

/** Written before this file by the build. */
declare const version: string;

interface Manifest {
  readonly version: string;
  /** Path below the base → the first 16 digits of the SHA-256 of its bytes. */
  readonly files: Readonly<Record<string, string>>;
}
interface WorkerEvent extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
interface FetchEvent extends Event {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly matchAll: (options: object) => Promise<readonly { readonly postMessage: (message: unknown) => void }[]> };
  readonly addEventListener: (type: string, listener: (event: never) => void) => void;
}
const worker = globalThis as unknown as Worker;

const scope = new URL(worker.registration.scope);
const prefix = `kubestep ${scope.pathname} `;
const cacheName = prefix + version;
const addressOf = (path: string): string => new URL(path, scope).href;

async function say(done: number, total: number): Promise<void> {
  const pages = await worker.clients.matchAll({ includeUncontrolled: true });
  for (const page of pages) page.postMessage({ kubestep: 'progress', done, total });
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where bytes with a hash are kept already, by an earlier version. */
async function keptBefore(): Promise<ReadonlyMap<string, readonly [Cache, string]>> {
  const kept = new Map<string, readonly [Cache, string]>();
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefix) || name === cacheName) continue;
    const cache = await caches.open(name);
    const manifest = (await (await cache.match(addressOf('offline.json')))?.json()) as Manifest | undefined;
    for (const [path, hash] of Object.entries(manifest?.files ?? {})) kept.set(hash, [cache, path]);
  }
  return kept;
}

/** The file as the host has it now. Throws when it is not what this version holds: then the host has moved on, and a later try gets the newer version. */
async function fetchExactly(path: string, hash: string): Promise<Response> {
  const answer = await fetch(addressOf(path), { cache: 'no-cache' });
  // The page that says "not found" comes with that status from some hosts when it is asked for by name.
  const bytes = await answer.arrayBuffer();
  if ((await hashOf(bytes)) !== hash) throw new Error(`${path} is not of version ${version}`);
  const headers = new Headers(answer.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(bytes, { headers });
}

/** Six at a time: more gains nothing over one connection. A failure ends the installation, and the version before stays; what was fetched is kept for the next try. */
async function install(): Promise<void> {
  const answer = await fetch(addressOf('offline.json'), { cache: 'no-store' });
  const list = answer.clone();
  const manifest = (await answer.json()) as Manifest;
  if (manifest.version !== version) throw new Error('the site changed during the download');
  const [cache, before] = await Promise.all([caches.open(cacheName), keptBefore()]);
  const files = Object.entries(manifest.files);
  let [next, done] = [0, 0];
  const takeFiles = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const [path, hash] = file;
      if ((await cache.match(addressOf(path))) === undefined) {
        const [older, olderPath] = before.get(hash) ?? [];
        const copy = olderPath === undefined ? undefined : await older?.match(addressOf(olderPath));
        await cache.put(addressOf(path), copy ?? (await fetchExactly(path, hash)));
      }
      done += 1;
      if (done % 25 === 0) await say(done, files.length);
    }
  };
  await Promise.all(Array.from({ length: 6 }, takeFiles));
  await cache.put(addressOf('offline.json'), list);
}

async function removeOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)));
}

/** A kept page with the script that announces new versions: pages that are read from the network need none. */
async function pageWithNotice(page: Response, status: number): Promise<Response> {
  const html = await page.text();
  const script = `<script type="module" src="${addressOf('offline-notice.js')}"></script></body>`;
  return new Response(html.replace('</body>', script), { status, headers: page.headers });
}

async function answerFor(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(cacheName);
  const address = url.origin + url.pathname;
  const kept = await cache.match(address);
  const isPage = request.mode === 'navigate';
  if (kept !== undefined) return isPage && (kept.headers.get('content-type') ?? '').includes('html') ? pageWithNotice(kept, 200) : kept;
  if (isPage && (await cache.match(`${address}/`)) !== undefined) return Response.redirect(`${address}/${url.search}`);
  try {
    return await fetch(request);
  } catch (error) {
    const missing = isPage ? await cache.match(addressOf('404.html')) : undefined;
    if (missing === undefined) throw error;
    return pageWithNotice(missing, 404);
  }
}

worker.addEventListener('install', (event: WorkerEvent) => {
  event.waitUntil(install());
});
worker.addEventListener('activate', (event: WorkerEvent) => {
  event.waitUntil(removeOthers());
});
// Only a reader's "Reload" ends the version before: until then all open pages stay with theirs.
worker.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.data === 'kubestep: take over') void worker.skipWaiting();
});
worker.addEventListener('fetch', (event: FetchEvent) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === 'GET' && url.origin === scope.origin && url.pathname.startsWith(scope.pathname)) event.respondWith(answerFor(request, url));
});
export {};
