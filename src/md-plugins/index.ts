import type { MdastPluginInput } from 'satteri';
import { baseLinks } from './base-links.ts';
import { chapterFolders } from './chapter-folder.ts';
import { diagrams } from './diagrams.ts';
import { headingLinks } from './heading-links.ts';
import { tables } from './tables.ts';

/** The plugins that every chapter passes through, in order. `base` answers the path below which the site is served; it is known only once Astro has read its options. */
export function mdastPlugins(base: () => string): MdastPluginInput[] {
  return [baseLinks(base), chapterFolders, tables, headingLinks, diagrams(new URL('../diagrams/', import.meta.url))];
}
