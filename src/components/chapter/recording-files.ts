/** The texts of all recordings, by file name without its ending. */
export const recordingFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(import.meta.glob<string>('/content/data/recordings/*.json', { query: '?raw', import: 'default', eager: true })).map(([path, text]) => [
    path.replace(/^.*\/(.+)\.json$/, '$1'),
    text,
  ]),
);
