import type { Move } from '../../labs/lab.ts';
import { frameOf, type History } from './history.ts';
import { movesOf } from './moves.ts';
import type { Texts } from './opaque.ts';
import { stateHash } from './state-hash.ts';

/** A link longer than this is cut by some programs that carry it; then the experiment goes into a file. */
export const linkLengthMax = 8000;
/** Stands in every experiment. */
export const version = 1;

/** An experiment as links and files carry it. Short keys would save little after compression. */
export interface Experiment {
  readonly version: typeof version;
  readonly lab: string;
  readonly scenario: string;
  /** File of a chapter's listing that stands in the place of the scenario's own text: what the scenario asks has nothing to do with it. */
  readonly listing?: string;
  /** The text that is shown; absent: the first. */
  readonly part?: string;
  /** Only the texts that the learner changed before the run began. */
  readonly texts?: Texts;
  readonly seed: number;
  readonly moves: readonly Move[];
  readonly frame: number;
  /** Fingerprint of the shown state: another value means that the model has changed since. */
  readonly hash: string;
}

/** The shown frame as an experiment; `original` are the scenario's texts. */
export function experimentOf(names: Pick<Experiment, 'lab' | 'scenario' | 'listing'>, history: History, original: Texts): Experiment {
  const { branch, at } = history;
  const texts = Object.fromEntries(Object.entries(branch.start.texts).filter(([part, text]) => original[part] !== text));
  return {
    version,
    ...names,
    ...(Object.keys(texts).length > 0 && { texts }),
    seed: branch.start.seed,
    moves: movesOf(branch, at),
    frame: at,
    hash: stateHash(frameOf(history).state),
  };
}

/** The fragment of a link, behind `#x=`: `d` and deflated JSON, or `j` and plain JSON where the browser cannot deflate; both base64url. */
export async function encodeExperiment(experiment: Experiment): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(experiment));
  if (typeof CompressionStream === 'undefined') return `j${base64url(bytes)}`;
  const deflated = await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  return `d${base64url(new Uint8Array(deflated))}`;
}

function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
