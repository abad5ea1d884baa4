/** What a comparator makes of one recorded case. */
export interface ComparedCase {
  readonly id: string;
  /** Shown in the summary, for example `glibc-2.36`. */
  readonly subject: string;
  /** The recorded case, with all its fields. */
  readonly expected: unknown;
  /** What the model gives, in the shape of the recorded case; inputs and ignored fields are left out. */
  readonly got: unknown;
}

/** Compares one shape of file with one model. A new shape is one file with one of these, and a line in `comparators.ts`. */
export interface Comparator {
  /** Key of this shape in `ignored.json`. */
  readonly shape: string;
  /** Tells the shape by its looks, never by the file's name. */
  readonly recognises: (content: unknown) => boolean;
  /** Runs the model on all cases. Throws only if a case cannot be read, naming it. */
  readonly compare: (content: unknown) => readonly ComparedCase[];
  /** How far a soft value may lie from the recorded one; for numbers. */
  readonly softDistanceMax?: number;
}
