// Not every browser can keep a site, and none can without https; what the types say is the usual case.
if ('serviceWorker' in navigator && 'caches' in window) void import('./offline-page.ts');
else document.querySelector('[data-offline="unable"]')?.removeAttribute('hidden');
export {};
