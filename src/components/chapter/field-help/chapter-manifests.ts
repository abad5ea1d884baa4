/** A manifest of a chapter. */
export interface ChapterManifest {
  /** Below content/: `06-storage/28-pv-pvc`. */
  readonly folder: string;
  /** The slug of the chapter. */
  readonly chapter: string;
  readonly file: string;
  /** The file without its ending, as addresses have it. */
  readonly name: string;
  readonly text: string;
}

const texts = import.meta.glob<string>('/content/*/*/manifests/*.yaml', { query: '?raw', import: 'default', eager: true });

/** All manifests that chapters may show. For the build only. */
export function chapterManifests(): readonly ChapterManifest[] {
  return Object.entries(texts).map(([path, text]) => {
    const [, folder = '', chapter = '', file = ''] = /^\/content\/([^/]+\/\d+-([^/]+))\/manifests\/(.*)$/.exec(path) ?? [];
    return { folder, chapter, file, name: file.replace(/\.yaml$/, ''), text };
  });
}

/** A manifest of a chapter's folder. Throws with the files that are there. */
export function chapterManifest(folder: string, file: string): ChapterManifest {
  const there = chapterManifests().filter((each) => each.folder === folder);
  const found = there.find((each) => each.file === file);
  if (found) return found;
  throw new Error(`There is no manifest "${file}" in content/${folder}/manifests/. Files there: ${there.map((each) => each.file).join(', ') || 'none'}.`);
}
