import { listingText } from './listing-text.ts';

const base64url = (text: string): string => {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

/** Two manifests as one text. */
export const joined = (first: string, second: string): string => `${first.trimEnd()}\n---\n${second}`;

/**
 * Makes a link to a scenario (`data-open`: part, seed, fingerprint, other texts as JSON) one that opens the listing around it in the lab,
 * behind the one that `data-after` names: an experiment in plain JSON, as `lab-player/link-reading.ts` reads it behind `#x=j`. Once done, `data-open` is gone.
 */
export function takeAlong(link: HTMLAnchorElement): void {
  const code = link.closest('.code');
  const listing = code?.querySelector('pre');
  const before = link.dataset.after !== undefined && document.querySelector(`[data-fields$="/${link.dataset.after}"]`)?.closest('.code')?.querySelector('pre');
  const [part = '', seed = '', hash = '', ...also] = link.dataset.open?.split('/') ?? [];
  if (!listing || link.dataset.open === undefined) return;
  delete link.dataset.open;
  const text = listingText(listing);
  const experiment = {
    version: 1,
    lab: link.pathname.split('/').at(-2),
    scenario: link.hash.replace('#scenario=', ''),
    listing: code?.querySelector('figcaption span')?.textContent,
    part,
    texts: { ...(JSON.parse(also.join('/') || '{}') as Record<string, string>), [part]: before ? joined(listingText(before), text) : text },
    seed: Number(seed),
    moves: [],
    frame: 0,
    hash,
  };
  link.hash = `x=j${base64url(JSON.stringify(experiment))}`;
}
