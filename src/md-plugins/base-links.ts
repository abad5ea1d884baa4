import { defineMdastPlugin } from 'satteri';

/** Puts the base path before links of chapters that start at the root: `[DNS](/dns/)` leads to `/course/dns/` on a site below `/course/`. */
export function baseLinks(base: () => string) {
  return defineMdastPlugin({
    name: 'base-links',
    link(node, context) {
      const prefix = base().replace(/\/$/, '');
      if (prefix === '' || !node.url.startsWith('/') || node.url.startsWith('//')) return;
      context.setProperty(node, 'url', prefix + node.url);
    },
  });
}
