import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OpaqueLab, OpaqueReader } from '../lab-player/opaque.ts';

/** A lab that can be played without a page. */
export interface PlayableLab {
  readonly lab: OpaqueLab;
  readonly reader: OpaqueReader;
}

async function load(id: string): Promise<PlayableLab> {
  const files = ['lab', 'read'].map((name) => path.resolve('labs', id, `${name}.ts`));
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new Error(`The book plays the solutions of the lab ${id}, and there is no ${path.relative('.', missing)}.`);
  const [machine, reader] = await Promise.all(files.map((file) => import(file) as Promise<{ readonly default: unknown }>));
  return { lab: machine?.default as OpaqueLab, reader: reader?.default as OpaqueReader };
}

/** Loads labs by their ids; each is loaded as the terminal runner does. */
export async function loadLabs(ids: readonly string[]): Promise<ReadonlyMap<string, PlayableLab>> {
  return new Map(await Promise.all(ids.map(async (id): Promise<[string, PlayableLab]> => [id, await load(id)])));
}
