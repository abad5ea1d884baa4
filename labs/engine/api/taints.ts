import { wholeNumber } from './selectors.ts';

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: TaintEffect;
}

export interface Toleration {
  /** Absent: all keys. */
  readonly key?: string;
  /** Absent: Equal. */
  readonly operator?: 'Equal' | 'Exists' | 'Gt' | 'Lt';
  readonly value?: string;
  /** Absent: all effects. */
  readonly effect?: TaintEffect;
  /** Of NoExecute: for how long. */
  readonly tolerationSeconds?: number;
}

/** A number as comparing tolerations demand it: without `+` and leading zeros. */
const decimal = (text: string): bigint | undefined => (/^(?:0|-?[1-9]\d*)$/u.test(text) ? wholeNumber(text) : undefined);

/**
 * Whether a toleration tolerates a taint, whatever its time limit. `Gt` and `Lt` compare the taint's value with the toleration's.
 * Models api/core/v1/toleration.go, ToleratesTaint.
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = 'Equal', value = '', effect } = toleration;
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case 'Equal':
      return value === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Gt':
    case 'Lt': {
      const [limit, held] = [decimal(value), decimal(taint.value ?? '')];
      if (limit === undefined || held === undefined) return false;
      return operator === 'Gt' ? held > limit : held < limit;
    }
    default:
      return false;
  }
}

/** Effects that keep a pod off a node. */
export const blockingEffects: readonly TaintEffect[] = ['NoSchedule', 'NoExecute'];

/** The taints with one of the effects that no toleration tolerates, in their order. Models component-helpers scheduling/corev1/helpers.go. */
export function untolerated(taints: readonly Taint[], tolerations: readonly Toleration[], effects: readonly TaintEffect[] = blockingEffects): readonly Taint[] {
  return taints.filter((taint) => effects.includes(taint.effect) && !tolerations.some((toleration) => tolerates(toleration, taint)));
}
