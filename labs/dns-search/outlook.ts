import type { LookupResult } from '../engine/network/resolver/types.ts';
import { fileOf, settingsOf, type ResolvFile } from './file.ts';
import type { Input } from './input.ts';
import type { Run } from './run.ts';
import { fullCandidates, isClusterServer, knownServers, traceOf } from './world.ts';

/** Another name that the program uses, as a lookup of it would go now. */
export interface NeedNow {
  readonly name: string;
  readonly met: boolean;
  readonly result: LookupResult;
  readonly names: readonly string[];
  readonly queries: number;
  readonly elapsedMs: number;
}

/**
 * All that picture, words and goals say beyond the lookup itself, worked out once for each act of the learner. It stands in the state, so that stepping
 * and looking need none of the models.
 */
export interface Outlook {
  readonly file: ResolvFile;
  readonly settings: ReturnType<typeof settingsOf>;
  readonly servers: readonly { readonly address: string; readonly isCluster: boolean }[];
  /** Every name that the lookup would try if nothing existed. */
  readonly candidates: readonly string[];
  readonly needs: readonly NeedNow[];
  /** What the same lookup gives with either library. */
  readonly results: Readonly<Record<'glibc-2.36' | 'musl-1.2.5', LookupResult>>;
}

function needsOf(input: Input, seed: number, { library, family }: Pick<Run, 'library' | 'family'>): readonly NeedNow[] {
  return input.asked.needs.map(({ name, address }) => {
    const { result, queries, elapsedMs } = traceOf(input, seed, { name, library, family }, []);
    const met = result.code === 'OK' && (address === undefined || (result.addresses ?? []).includes(address));
    return { name, met, result, names: [...new Set(queries.map(({ qname }) => qname))], queries: queries.length, elapsedMs };
  });
}

/** Works out the outlook for a lookup under the present input. */
export function outlookOf(input: Input, seed: number, asked: Pick<Run, 'name' | 'library' | 'family'>): Outlook {
  const { name, family } = asked;
  const resultWith = (library: 'glibc-2.36' | 'musl-1.2.5'): LookupResult => traceOf(input, seed, { name, family, library }, []).result;
  return {
    file: fileOf(input),
    settings: settingsOf(input),
    servers: knownServers(input).map((address) => ({ address, isCluster: isClusterServer(input, address) })),
    candidates: fullCandidates(input, seed, asked),
    needs: needsOf(input, seed, asked),
    results: { 'glibc-2.36': resultWith('glibc-2.36'), 'musl-1.2.5': resultWith('musl-1.2.5') },
  };
}
