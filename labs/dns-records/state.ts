import type { QueryType } from '../engine/network/resolver/types.ts';
import type { Corefile, Input } from './input.ts';
import type { Outlook } from './outlook.ts';
import type { Situation } from './situation.ts';

/** The situation with all that picture, words and goals say of it, so that showing it needs none of the models. */
export interface State extends Situation {
  readonly outlook: Outlook;
}

export type Action =
  /** Sends a query; without a type the one asked last. */
  | { readonly type: 'ask'; readonly name: string; readonly qtype?: QueryType }
  | { readonly type: 'qtype'; readonly qtype: QueryType }
  | { readonly type: 'ready'; readonly pod: string; readonly ready: boolean }
  | { readonly type: 'scale'; readonly set: string; readonly replicas: number }
  | { readonly type: 'delete'; readonly service: string }
  | { readonly type: 'restore'; readonly service: string }
  | { readonly type: 'pods'; readonly mode: Corefile['pods'] }
  /** Edited texts, applied to the running cluster. */
  | { readonly type: 'apply'; readonly input: Input };
