/** A measured number of bytes and its limit. */
export interface Figure {
  readonly name: string;
  readonly bytes: number;
  readonly max: number;
}

interface PageGate {
  readonly html: number;
  readonly total: number;
}

/** Limits of a chapter, cold: bytes after gzip -9. */
export const chapterGate: PageGate = { html: 30_000, total: 50_000 };

/** Limits of any other page, cold: bytes after gzip -9. */
export const otherGate: PageGate = { html: 14_000, total: 35_000 };

/** The other limits, in bytes after gzip -9. */
export const gates = {
  scriptAtLoad: 6_000,
  /** What a lab fetches to run, player and view included. */
  labRun: 45_000,
  /** What the first edit fetches on top: the reader of the texts. */
  labEdit: 15_000,
  /** The first query: the engine, its index and five results. */
  searchFirstQuery: 200_000,
} as const;
