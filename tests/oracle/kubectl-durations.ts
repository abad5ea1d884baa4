import { humanDuration } from '../../labs/kit/kubectl/human-duration.ts';
import type { ComparedCase } from './comparator.ts';

interface RecordedDuration {
  readonly seconds: number;
  readonly human: string;
  /** A shorter form that kubectl never shows: not compared. */
  readonly short: string;
}

/** The table `humanDuration` of functions.json. */
export const comparedDurations = (recorded: readonly RecordedDuration[]): readonly ComparedCase[] =>
  recorded.map(({ seconds, human }) => ({
    id: `humanDuration/${seconds}`,
    subject: 'humanDuration',
    expected: { human },
    got: { human: humanDuration(seconds * 1000) },
  }));
