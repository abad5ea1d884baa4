import type { Lab, LearnerError, Move, Reader, Replay, Telling } from '../../labs/lab.ts';

/** Any action, seen from outside its lab. */
export interface Act {
  readonly type: string;
}

/** A lab whose states and inputs are sealed boxes: the player only hands back what the lab gave. Any `AnyLab` fits. */
export type OpaqueLab = Lab<string, unknown, unknown, Act>;

/** What shows a run of such a lab: the whole lab, or the part of it that needs no models. */
export type OpaqueReplay = Replay<string, unknown, Act>;

/** What such a lab says, where that stands apart. */
export type OpaqueTelling = Telling<string, unknown, Act>;

/** The reader of such a lab. */
export type OpaqueReader = Reader<string, unknown>;

/** The learner's texts by part. */
export type Texts = Readonly<Record<string, string>>;

/** What the reader made of the texts. */
export interface Setup {
  readonly texts: Texts;
  readonly input: unknown;
  readonly seed: number;
}

/** What a run begins from: the texts, and the first state that the lab made of them. */
export interface Start {
  readonly texts: Texts;
  readonly seed: number;
  readonly state: unknown;
}

/** The first state of what was read. */
export function startOf(lab: OpaqueLab, { texts, input, seed }: Setup): Start {
  return { texts, seed, state: lab.start(input, seed) };
}

/** What the learner did, and how it is written in a link. */
export interface Deed {
  readonly action: Act;
  readonly move: Move;
  /** What a person would call it: names the branch when it forks. */
  readonly name: string;
  /** Deeds with one key right after one another become one frame: the letters of a word, the stops of a slider. */
  readonly key?: string;
  /** The texts afterwards, for an edit. */
  readonly texts?: Texts;
}

export type PartErrors = readonly LearnerError[];
