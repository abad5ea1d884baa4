import { escapeHtml } from '../components/chapter/inline-markup.ts';
import type { Book } from './book.ts';

/** Size of the cover in CSS pixels; a picture of it at twice that has the 1600 × 2560 that shops ask for. */
export const coverSize = { width: 800, height: 1280 } as const;

/** The cover as a page: the site's mark, the title, what the book is true for. */
export function coverHtml({ title, checked, description }: Book): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>
html, body { margin: 0; height: 100%; background: #fbfaf6; color: #1c1d1f; }
body { box-sizing: border-box; padding: 96px 80px; display: flex; flex-direction: column; font: 30px/1.4 'Liberation Sans', Arial, sans-serif; border: 12px solid #00664a; }
svg { width: 460px; display: block; margin: 40px 0 110px; }
h1 { margin: 0 0 36px; font: 600 118px/1 'Liberation Serif', Georgia, serif; letter-spacing: -0.02em; }
p { margin: 0; max-width: 560px; color: #55564f; }
.foot { margin-top: auto; font-size: 26px; color: #1c1d1f; }
</style></head><body>
<svg viewBox="0 0 22 22" aria-hidden="true"><path d="M1.5 20.5v-6h6v-6h6v-6h7" fill="none" stroke="#1c1d1f" stroke-width="2.5"/><path d="M13 20.5l7.5-5-7.5-5z" fill="#00664a"/></svg>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(description)}</p>
<p class="foot">${escapeHtml(checked.replace(/^.*?, c/, 'C'))}</p>
</body></html>`;
}
