import { listingText } from './listing-text.ts';

const base64url = (text: string): string => {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

/**
 * Makes a link to a scenario (`data-open`: part, seed, fingerprint, other texts as JSON) one that opens the listing around it in the lab: an experiment in plain JSON, as
 * `lab-player/link.ts` reads it behind `#x=j`. Once done, `data-open` is gone.
 */
export function takeAlong(link: HTMLAnchorElement): void {
  const listing = link.closest('.code')?.querySelector('pre');
  const [part = '', seed = '', hash = '', ...also] = link.dataset.open?.split('/') ?? [];
  if (!listing || link.dataset.open === undefined) return;
  delete link.dataset.open;
  const experiment = {
    version: 1,
    lab: link.pathname.split('/').at(-2),
    scenario: link.hash.replace('#scenario=', ''),
    texts: { ...(JSON.parse(also.join('/') || '{}') as Record<string, string>), [part]: listingText(listing) },
    seed: Number(seed),
    moves: [],
    frame: 0,
    hash,
  };
  link.hash = `x=j${base64url(JSON.stringify(experiment))}`;
}
