// The page that downloads the whole site and removes it again.
import { addressOf } from '../reader/site-place.ts';

/** What the build says of the download (src/cli/offline.ts). */
interface OfflineList {
  readonly pages: number;
  readonly bytes: number;
}

function found<Kind extends HTMLElement>(name: string, kind: new () => Kind): Kind {
  const element = document.querySelector(`[data-offline="${name}"]`);
  if (!(element instanceof kind)) throw new Error(`the page has no ${name}`);
  return element;
}

const status = found('status', HTMLElement);
const bar = found('progress', HTMLProgressElement);
const amount = found('amount', HTMLElement);
const download = found('download', HTMLButtonElement);
const remove = found('remove', HTMLButtonElement);
const base = addressOf('/');

/** The text, and which buttons make sense now. The button that was pressed keeps the focus, or gives it to the other one. */
function show(text: string, now: 'absent' | 'coming' | 'there' | 'impossible'): void {
  const hadFocus = document.activeElement === download || document.activeElement === remove;
  status.textContent = text;
  download.hidden = now === 'there' || now === 'impossible';
  download.ariaDisabled = String(now === 'coming');
  bar.hidden = now !== 'coming';
  amount.hidden = bar.hidden;
  remove.hidden = now !== 'there';
  if (hadFocus) (remove.hidden ? download : remove).focus();
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
const sizeOf = async (): Promise<string> => {
  const answer = await fetch(addressOf('/offline.json'));
  if (!answer.ok) throw new Error(`offline.json: ${answer.status}`);
  const { pages, bytes } = (await answer.json()) as OfflineList;
  return `${pages} pages with all labs and the search, about ${megabytes(bytes)}.`;
};

/** The registration of this site; another one above it on the same host is not ours. */
async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await navigator.serviceWorker.getRegistration(base);
  return registration !== undefined && new URL(registration.scope).pathname === base ? registration : undefined;
}

const there =
  'All of it is kept in this browser. Every page, lab and search works without a network. A new version is fetched when there is one, and announced.';

/** Follows an installation to its end. */
function follow(worker: ServiceWorker): void {
  worker.addEventListener('statechange', () => {
    if (worker.state === 'activated') show(there, 'there');
    else if (worker.state === 'redundant')
      show('The download did not end: the network is gone, or the site has just changed. What has come is kept. Try again.', 'absent');
  });
}

/** What is said when a quarter, half, three quarters have come: the count beside the bar changes too often to be spoken. */
const parts = ['', 'a quarter has', 'half has', 'three quarters have'];
let spoken = 0;

function showProgress(done: number, total: number): void {
  bar.max = total;
  bar.value = done;
  amount.textContent = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} files`;
  const quarter = Math.floor((4 * done) / total);
  const words = parts[quarter];
  if (words === undefined || quarter <= spoken) return;
  spoken = quarter;
  status.textContent = `Downloading: ${words} come.`;
}

async function begin(): Promise<void> {
  bar.removeAttribute('value');
  amount.textContent = '';
  spoken = 0;
  show('Downloading …', 'coming');
  try {
    const registration = await navigator.serviceWorker.register(addressOf('/sw.js'), { scope: base, updateViaCache: 'none' });
    if (registration.installing) follow(registration.installing);
    else show(there, 'there');
  } catch {
    show('The download could not begin: there is no network, or this browser allows no storage here (a private window, perhaps).', 'absent');
  }
}

async function forget(): Promise<void> {
  await (await registered())?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`kubestep ${base} `)).map((name) => caches.delete(name)));
  show('Removed. Your progress and your drafts stay.', 'absent');
}

navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const { kubestep, done, total } = data as { readonly kubestep?: unknown; readonly done?: unknown; readonly total?: unknown };
  // A later version comes in silence.
  if (kubestep !== 'progress' || typeof done !== 'number' || typeof total !== 'number' || bar.hidden) return;
  showProgress(done, total);
});
download.addEventListener('click', () => {
  if (download.ariaDisabled !== 'true') void begin();
});
remove.addEventListener('click', () => void forget());

const registration = await registered();
if (registration?.active) show(there, 'there');
else show(await sizeOf().catch(() => 'The size is not known without a network.'), 'absent');
if (registration?.installing && !registration.active) {
  show('Downloading …', 'coming');
  follow(registration.installing);
}
