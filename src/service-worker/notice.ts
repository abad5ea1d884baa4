/** Announces a new version in pages that come from the service worker, which adds this file to them. It has no imports: `src/cli/offline.ts` writes it as it is. */

const look = `
.new-version{position:fixed;inset:auto 0 0;z-index:9;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:center;
padding:.6rem 1rem;background:var(--plate,Canvas);color:var(--ink,CanvasText);border-top:2px solid var(--accent,currentColor)}
.new-version p{margin:0}
@media print{.new-version{display:none}}`;

let bar: HTMLElement | undefined;

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

/** The bar is there, empty, before it speaks: a status that comes with its text is not read out everywhere. */
function announce(waiting: ServiceWorker): void {
  if (bar !== undefined) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  bar = document.createElement('div');
  bar.className = 'new-version';
  const text = document.createElement('p');
  text.setAttribute('aria-live', 'polite');
  bar.append(
    text,
    button('Reload', () => {
      waiting.postMessage('kubestep: take over');
    }),
    button('Later', () => {
      bar?.remove();
    }),
  );
  document.body.append(bar);
  setTimeout(() => {
    text.textContent = 'A new version of the course is ready. “Reload” renews every open page of it: runs of labs begin anew, texts stay.';
  }, 100);
}

// Whoever pressed "Reload", and in which tab: a page of the old version does not stay under the new one, which would answer it with files of its own. The bar
// says so before.
navigator.serviceWorker.addEventListener('controllerchange', () => {
  location.reload();
});

function follow(next: ServiceWorker | null): void {
  next?.addEventListener('statechange', () => {
    if (next.state === 'installed') announce(next);
  });
}

void navigator.serviceWorker.ready.then((registration) => {
  if (registration.waiting) announce(registration.waiting);
  // The visit itself makes the browser look for a new version: it may be on its way already.
  follow(registration.installing);
  registration.addEventListener('updatefound', () => {
    follow(registration.installing);
  });
});
export {};
