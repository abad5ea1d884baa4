import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const text = (what: string) =>
  z
    .string({ error: `${what} is missing or not a text` })
    .trim()
    .min(1, `${what} is empty`);

const chapters = defineCollection({
  loader: glob({
    base: './content',
    pattern: '*/*/index.mdx',
    // content/05-networking/24-dns/index.mdx is the chapter `dns`: numbers order the folders and never reach a URL.
    generateId: ({ entry }) => (entry.split('/').at(-2) ?? entry).replace(/^\d+-/, ''),
  }),
  schema: z.strictObject({
    title: text('title'),
    summary: text('summary').max(200, 'summary is longer than 200 characters: it stands in lists and search results'),
    question: text('question: the one question that the chapter answers'),
    objectives: z
      .array(text('an objective'))
      .min(2, 'objectives: at least two things the reader can do afterwards')
      .max(8, 'objectives: more than eight nobody remembers'),
    prerequisites: z.array(z.string().regex(/^[a-z0-9-]+$/, 'prerequisites are chapter slugs, such as `services`')).default([]),
    checkedAgainst: z.string().regex(/^v1\.\d+$/, 'checkedAgainst names a Kubernetes version, such as v1.37'),
  }),
});

export const collections = { chapters };
