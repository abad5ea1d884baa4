import type { Input, Mode } from './input.ts';
import type { Outlook, Way } from './outlook.ts';
import type { ServiceField, Situation } from './situation.ts';

/** The situation with all that picture, words and goals say of it, so that showing it needs none of the models. */
export interface State extends Situation {
  readonly outlook: Outlook;
}

export type Action =
  | { readonly type: 'ready'; readonly pod: string; readonly ready: boolean }
  /** The pod gets a deletionTimestamp, and its containers still run. */
  | { readonly type: 'terminate'; readonly pod: string }
  | { readonly type: 'remove'; readonly pod: string }
  | { readonly type: 'scale'; readonly deployment: string; readonly replicas: number }
  | { readonly type: 'service'; readonly service: string; readonly field: ServiceField; readonly value: string }
  | { readonly type: 'node'; readonly node: string }
  | { readonly type: 'look'; readonly service: string }
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'proxy'; readonly node: string; readonly running: boolean }
  | { readonly type: 'crowd'; readonly services: number }
  | { readonly type: 'crowd endpoints'; readonly endpoints: number }
  /** Edited texts, applied to the running cluster. */
  | { readonly type: 'apply'; readonly input: Input };
/** The ways to the ports of a Service from a node, as its rules have them. */

export function waysTo({ outlook, node: shown }: State, service: string, node = shown): readonly Way[] {
  return outlook.ways.filter((way) => way.service === service && way.node === node);
}
