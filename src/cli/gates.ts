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
  /** The player alone, from the first intent on: drawing, time, keys, acts. What is left of `labRun` belongs to the lab. */
  labPlayer: 13_500,
  /** What the player fetches once the first frame stands and nobody waits: goals, "why?", tables, links, comparisons, edits. */
  labPlayerLater: 12_000,
  /** The part of the cluster's engine that every lab on a cluster loads: store, writes, review, loop. */
  engineCore: 45_000,
  /** All of the engine that labs share. */
  engineAll: 120_000,
  /** All that a lab fetches from the first intent until its first step: player, machine, view, scenario. */
  labRun: 20_000,
  /** The same for a lab with rule or volume models, which has a `replay.ts`. */
  labRunWithModels: 45_000,
  /** What a lab says about a run where that stands apart, fetched once the first frame stands and nobody waits. */
  labTelling: 15_000,
  /** What the first act fetches on top: the models. The largest is a network: rules of three modes, policies, and a packet through them. */
  labAct: 50_000,
  /** The YAML reader, fetched at the first edit. */
  yaml: 15_000,
  /** What else the first edit fetches: kinds, field tables, rules, the lab's own reader. */
  labEdit: 60_000,
  /**
   * The first query of a visit, whichever of the gold queries it is: dialog, engine, names, pieces of the index, the results that are shown. With 60
   * chapters the dearest is expected at 170 kB, nine in ten at 157, one in two at 140 (decision 19).
   */
  searchFirstQuery: 200_000,
  searchNineInTen: 175_000,
  searchOneInTwo: 150_000,
} as const;
