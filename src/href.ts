/** A path of this site with the base path before it: `href('/dns/')` is `/course/dns/` on a site below `/course/`. */
export function href(path: `/${string}`): string {
  return import.meta.env.BASE_URL.replace(/\/$/, '') + path;
}
