// Writes the service worker and the list of what it keeps. `npm run build` calls it last; alone: npx node src/cli/offline.ts [--outDir dist]
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readBuilt } from './arguments.ts';

// Addresses in full, so that tools see who uses these files.
const scripts = {
  worker: new URL('../service-worker/worker.ts', import.meta.url),
  notice: new URL('../service-worker/notice.ts', import.meta.url),
};

/** What nobody reads in a browser: the worker and its list, texts for programs, the course as a book. */
const left = /^(?:sw\.js|offline\.json|llms\.txt|robots\.txt|sitemap\.xml|feed\.xml|_headers|kubestep\.(?:epub|pdf))$|\.md$|^social\//;

/** What the page that offers the download needs to know. */
export interface OfflineList {
  readonly version: string;
  readonly pages: number;
  /** About what is downloaded: gzip -6 of each file. */
  readonly bytes: number;
  /** Path below the base → the first 16 digits of the SHA-256 of its bytes. */
  readonly files: Readonly<Record<string, string>>;
}

const hashOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** One file of TypeScript without imports, as a browser runs it. */
function scriptOf(file: URL): string {
  return stripTypeScriptTypes(readFileSync(file, 'utf8')).replace(/^export \{\};$/m, '');
}

/** Writes `offline-notice.js`, `offline.json` and `sw.js`. The version follows from the files alone: the same site has the same worker. */
export function writeOffline(outDir: string): OfflineList {
  writeFileSync(join(outDir, 'offline-notice.js'), scriptOf(scripts.notice));
  const names = globSync('**/*', { cwd: outDir })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !left.test(file) && statSync(join(outDir, file)).isFile())
    .sort();
  let bytes = 0;
  const files: Record<string, string> = {};
  for (const name of names) {
    const content = readFileSync(join(outDir, name));
    bytes += gzipSync(content).length;
    files[name.replace(/(^|\/)index\.html$/, '$1')] = hashOf(content);
  }
  const worker = scriptOf(scripts.worker);
  const version = hashOf(JSON.stringify(files) + worker);
  const list: OfflineList = { version, pages: names.filter((name) => name.endsWith('.html')).length, bytes, files };
  writeFileSync(join(outDir, 'offline.json'), JSON.stringify(list));
  writeFileSync(join(outDir, 'sw.js'), `const version = '${version}';\n${worker}`);
  return list;
}

if (import.meta.main) {
  const { version, pages, bytes } = writeOffline(readBuilt(process.argv.slice(2)).outDir);
  console.log(`offline: version ${version}, ${pages} pages, ${(bytes / 1e6).toFixed(1)} MB`);
}
