import type { ResourceRecord, ResponseCode } from '../resolver/types.ts';
import type { Rule } from './backend.ts';

/** What a plugin says to a question, before sizes and orders come in. */
export interface Reply {
  readonly rcode: ResponseCode;
  readonly authoritative: boolean;
  readonly recursionAvailable: boolean;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
  readonly rule: Rule;
  readonly because: string;
  /** How long CoreDNS waited for others before it answered. */
  readonly waitMs: number;
}
