import { comparisons, type Other } from './compare.ts';
import { extend, type Branch } from './history.ts';
import { applyEdit } from './moves.ts';
import type { OpaqueLab, Setup } from './opaque.ts';
import { firstSteps, skipped, withHistory, without, type Change } from './session.ts';

/** The texts could be read and take effect; `lab` has the models that this needs. */
export function edited(lab: OpaqueLab, setup: Setup, key?: string): Change {
  return (session) => {
    const { history } = session;
    const next = withHistory(session, extend(lab, applyEdit(lab, history, setup, key), firstSteps));
    return { ...next, ...skipped(session), errors: [], drafts: {} };
  };
}

/** Another run stands beside the shown one, or none. */
export function compared(other: Other | undefined, branch: Branch | undefined): Change {
  return (session) => {
    const rest = without(session, 'beside');
    const label = comparisons(session.lab, session.history).find((item) => JSON.stringify(item.other) === JSON.stringify(other))?.label;
    return other && branch && label !== undefined ? { ...rest, beside: { other, branch, label } } : rest;
  };
}
