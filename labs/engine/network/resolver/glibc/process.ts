import type { TraceWriter } from '../trace-writer.ts';
import type { Library, ResponseCode, Surroundings } from '../types.ts';
import { readSettings, type Settings } from './resolv-conf.ts';

export type GlibcVersion = Extract<Library, 'glibc-2.36' | 'glibc-2.41'>;
/** The errno values that decide something; `other` decides nothing, but is not `none`. */
export type SystemError = 'none' | 'refused' | 'timeout' | 'other';
/** Names of h_errno. */
export type HostError = 'NETDB_SUCCESS' | 'NETDB_INTERNAL' | 'HOST_NOT_FOUND' | 'TRY_AGAIN' | 'NO_RECOVERY' | 'NO_DATA';
/** How the two queries of a pair are sent: both at once, one after the other, or each from a socket of its own. */
export type Sequence = 'both at once' | 'single-request' | 'single-request-reopen';

/** One process that looks names up, with what glibc keeps between lookups and between its functions. */
export interface Process {
  readonly version: GlibcVersion;
  readonly surroundings: Surroundings;
  readonly writer: TraceWriter;
  settings?: Settings;
  systemError: SystemError;
  /** The rcode in the buffer for first answers: it outlives the lookup's failure. */
  firstRcode: ResponseCode;
  sequence: Sequence;
  /** How far the start of the list of servers has moved (`rotate`). */
  rotation: number;
}

/** Reads resolv.conf when it is needed first. */
export function settingsOf(process: Process): Settings {
  const { surroundings, writer, version } = process;
  process.settings ??= readSettings(surroundings, version === 'glibc-2.41', writer);
  return process.settings;
}
