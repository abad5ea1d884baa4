import { keyHash } from '../../key-hash.ts';

/**
 * Decides a choice by chance that leads to `targets` (addresses) and of which `share` (0 to 1) is the fair part; `others` is where all choices at that
 * place lead. True or false, or the number that was drawn (0 to 1): the choice falls on `targets` when it is below `share`.
 */
export type Chooses = (key: string, targets: readonly string[], share: number, others: readonly string[]) => boolean | number;

export interface ChanceOptions {
  /** Addresses on which choices by chance fall, if they can. Else the seed decides. */
  readonly backends?: readonly string[];
  readonly seed?: number;
  /** Number of the connection: those of one seed choose independently of each other. */
  readonly connection?: number;
}

/** Chance that is the same again for the same seed and connection. Where a backend is wanted the number is moved to the side of `share` that leads there. */
export function chanceOf({ backends = [], seed = 0, connection }: ChanceOptions): Chooses {
  const prefix = connection === undefined ? String(seed) : `${seed} ${connection}`;
  const isWanted = (address: string) => backends.includes(address);
  return (key, targets, share, others) => {
    const drawn = keyHash(`${prefix} ${key}`) / 0x1_0000_0000;
    // What always or never happens is no choice.
    if (backends.length === 0 || share <= 0 || share >= 1) return drawn;
    if (targets.some((each) => isWanted(each))) return drawn * share;
    return others.some((each) => isWanted(each)) ? share + drawn * (1 - share) : drawn;
  };
}
