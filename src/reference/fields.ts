import { z } from 'astro/zod';

/** A text of one or a few sentences, with at most so many characters. */
export const text = (max: number) => z.string().trim().min(1, 'expected a text, found none').max(max, `expected at most ${max} characters`);

/** An id: part of an address that never changes. */
export const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected small letters and digits, with single hyphens between');

/** Other words that readers use for an entry. */
export const also = z.array(text(80)).default([]);

/** A chapter of the course, or a heading in it: `dns`, `dns#records`. */
export const chapterPlace = z.string().regex(/^[a-z0-9-]+(#[a-z0-9-]+)?$/, 'expected the slug of a chapter, such as `dns` or `dns#records`');

/** A lab, or a scenario of it: `dns-search`, `dns-search#scenario=svc1-dev`. */
export const labPlace = z.string().regex(/^[a-z0-9-]+(#scenario=[a-z0-9-]+)?$/, 'expected a lab, such as `dns-search` or `dns-search#scenario=svc1-dev`');

/** An official page: a path of kubernetes.io, or a whole address. Gives the whole address. */
export const docs = z
  .string()
  .regex(/^(\/[a-z0-9]\S*|https:\/\/\S+)$/, 'expected a path of kubernetes.io, such as `/docs/concepts/`, or an address that begins with https://')
  .transform((place) => (place.startsWith('/') ? `https://kubernetes.io${place}` : place));
