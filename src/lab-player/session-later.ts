import type { Comparison } from './compare.ts';
import { extend, type Branch, type History } from './history.ts';
import type { Experiment } from './link.ts';
import { applyEdit } from './moves.ts';
import type { OpaqueLab, PartErrors, Setup, Texts } from './opaque.ts';
import { firstSteps, paused, skipped, textsOf, withHistory, without, type Change, type Session } from './session.ts';

/** Under which names a run is stored and linked. */
export function namesOf({ page, scenario: { id, listing } }: Session): Pick<Experiment, 'lab' | 'scenario' | 'listing'> {
  return { lab: page.lab, scenario: id, ...(listing !== undefined && { listing }) };
}

/** The texts could be read and take effect; `lab` has the models that this needs. What was typed since they were read stays a draft. */
export function edited(lab: OpaqueLab, setup: Setup, key?: string): Change {
  return (session) => {
    const { history } = session;
    const next = withHistory(session, extend(lab, applyEdit(lab, history, setup, key), firstSteps));
    const drafts = Object.fromEntries(Object.entries(session.drafts).filter(([part, text]) => setup.texts[part] !== text));
    return { ...next, ...skipped(session), errors: [], drafts };
  };
}

/** Another run stands beside the shown one, or none. */
export function compared(comparison: Comparison | undefined, branch: Branch | undefined): Change {
  return (session) => {
    const rest = without(session, 'beside');
    return comparison && branch ? { ...rest, beside: { ...comparison, branch } } : rest;
  };
}

/** The texts could not be read: the last good run stays. */
export function misread(errors: PartErrors): Change {
  return (session) => paused({ ...session, errors });
}

/** Another history altogether: from a link, a file or a solution. */
export function replaced(history: History): Change {
  return (session) => ({ ...withHistory(session, history), ...skipped(session), playing: false, drafts: {}, fields: {}, errors: [] });
}

/** Texts of an earlier visit can be brought back, unless they stand there already; or not. */
export function stored(texts: Texts | undefined): Change {
  return (session) => {
    const rest = without(session, 'stored');
    const there = textsOf(session);
    return texts && Object.entries(texts).some(([part, text]) => there[part] !== text) ? { ...rest, stored: texts } : rest;
  };
}

/** They stand in the editors again, as if typed. */
export function broughtBack(session: Session): Session {
  return { ...without(session, 'stored'), drafts: { ...session.drafts, ...session.stored } };
}
