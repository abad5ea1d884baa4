import type { Branch, History } from './history.ts';
import { act, back, begin, extend, frameOf, isOver, lastOf, restart, seek, step } from './history.ts';
import type { Other } from './compare.ts';
import type { Deed, OpaqueLab, OpaqueReplay, PartErrors, Start, Texts } from './opaque.ts';
import type { Speed } from './pace.ts';
import type { PageLab, PageScenario } from './page-scenario.ts';

export type Show = 'picture' | 'table' | 'words';

export interface Notice {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  /** A link that could not be copied: shown to be copied by hand. */
  readonly link?: string;
  /** Too long for a link: a file takes it. */
  readonly offersFile?: true;
  /** Something could not be fetched: tries it again. */
  readonly again?: () => void;
}

/** Everything that one player shows. This module and the others named `session-` change it; the page draws it. */
export interface Session {
  readonly lab: OpaqueReplay;
  readonly page: PageLab;
  readonly scenario: PageScenario;
  readonly history: History;
  /** What stands in the editors where it is not yet, or cannot be, part of the run. */
  readonly drafts: Texts;
  /** What stands in text fields before it is asked, by offer. */
  readonly fields: Texts;
  readonly errors: PartErrors;
  /** The text whose tab is open. */
  readonly part: string;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly show: Show;
  readonly selected?: string;
  /** Index of the predicted option. */
  readonly predicted?: number | 'skipped';
  /** The run has answered the prediction. */
  readonly revealed: boolean;
  readonly hints: number;
  readonly showsSolutions: boolean;
  readonly beside?: { readonly other: Other; readonly label: string; readonly branch: Branch };
  readonly notice?: Notice;
  readonly showsKeys: boolean;
  readonly wholeLog: boolean;
  /** Inputs, events and the rest stand around the picture; in a chapter they wait until the reader wants to change something. */
  readonly opened: boolean;
  readonly showsReal: boolean;
  /** What the reader did waits for the lab's models. */
  readonly waits: boolean;
  /** Texts of an earlier visit that are not shown. */
  readonly stored?: Texts;
}

export type Change = (session: Session) => Session;

/** Frames computed before the first picture; the rest follows between two frames of the screen. */
export const firstSteps = 400;
/** Frames computed at once afterwards. */
const sliceSteps = 200;

/** The session that a page begins with: at the start, or, when nothing is asked of the reader, at the end, which teaches without a click. */
export function openSession(lab: OpaqueReplay, page: PageLab, scenario: PageScenario = page.scenario): Session {
  const whole = extend(lab, begin(lab, scenarioStart(scenario), 'first run'), firstSteps);
  const teaches = scenario.kind === 'show' && !scenario.predict && whole.branch.end !== 'open';
  return {
    lab,
    page,
    scenario,
    history: teaches ? seek(whole, lastOf(whole.branch)) : whole,
    drafts: {},
    fields: {},
    errors: [],
    part: Object.keys(lab.parts)[0] ?? '',
    playing: false,
    speed: 1,
    show: 'picture',
    revealed: false,
    hints: 0,
    showsSolutions: false,
    showsKeys: false,
    wholeLog: false,
    opened: page.layout === 'full',
    showsReal: false,
    waits: false,
  };
}

/** What a scenario begins from. */
export function scenarioStart({ texts, start, seed }: PageScenario): Start {
  return { texts, state: start, seed };
}

/** Shows another history and draws the consequences: play ends, a comparison falls away. */
export function withHistory(session: Session, history: History): Session {
  if (history === session.history) return session;
  const { beside, ...rest } = session;
  const keepsBeside =
    beside !== undefined && history.branch.id === session.history.branch.id && history.branch.frames.length >= session.history.branch.frames.length;
  const next = { ...rest, ...(keepsBeside && { beside }), history };
  return { ...next, playing: session.playing && !isOver(history) };
}

/** The run is the scenario's own: nothing was changed. */
export function isUntouched({ history, scenario }: Session): boolean {
  const { start, frames } = history.branch;
  return Object.entries(scenario.texts).every(([part, text]) => start.texts[part] === text) && frames.every(({ by }) => by !== 'learner');
}

/** Waiting alone never meets the goals: every solution changes something. */
export function needsDeed({ goals, solutions }: PageScenario): boolean {
  return goals.length > 0 && solutions.every(({ moves }) => moves.some((move) => !('run' in move)));
}

/** The texts of the shown frame with the drafts over them. */
export function textsOf({ history, drafts }: Session): Texts {
  return { ...frameOf(history).texts, ...drafts };
}

/** More of the future; nothing once it is known to its end. */
export function foreseen(session: Session): Session {
  return withHistory(session, extend(session.lab, session.history, sliceSteps));
}

export function played(session: Session): Session {
  if (session.errors.length > 0) return session;
  if (session.playing) return { ...session, playing: false };
  const history = isOver(session.history) ? seek(session.history, 0) : session.history;
  return { ...withHistory(session, history), ...skipped(session), playing: true };
}

export function paused(session: Session): Session {
  return session.playing ? { ...session, playing: false } : session;
}

/** One frame on while playing; where the future is not computed yet, it is now. */
export function ticked(session: Session): Session {
  const ready = session.history.at < lastOf(session.history.branch) ? session : foreseen(session);
  const next = withHistory(ready, step(ready.history));
  return isOver(next.history) ? { ...next, playing: false } : next;
}

export function stepped(session: Session): Session {
  if (session.errors.length > 0 || isOver(session.history)) return session;
  return paused({ ...ticked(session), ...skipped(session) });
}

export function steppedBack(session: Session): Session {
  return paused(withHistory(session, back(session.history)));
}

export function sought(at: number): Change {
  return (session) => paused({ ...withHistory(session, seek(session.history, at)), ...(at > 0 && skipped(session)) });
}

/** Running without a prediction is a way of not predicting. */
export function skipped({ scenario, predicted }: Session): { readonly predicted?: 'skipped' } {
  return scenario.predict && predicted === undefined ? { predicted: 'skipped' } : {};
}

/** Back to the scenario's own start. What was seen stays as a fork, what was typed as stored texts. */
export function reset(session: Session): Session {
  const { lab, history, scenario } = session;
  const texts = textsOf(session);
  const changed = Object.entries(scenario.texts).some(([part, text]) => texts[part] !== text);
  const calm: Session = { ...session, playing: false, drafts: {}, fields: {}, errors: [], ...(changed && { stored: texts }) };
  if (isUntouched(session)) return withHistory(calm, seek(history, 0));
  return withHistory(calm, extend(lab, restart(lab, history, scenarioStart(scenario), 'as it was'), firstSteps));
}

/** The learner acts at the shown frame; `lab` has the models that this needs. */
export function acted(lab: OpaqueLab, deed: Deed): Change {
  return (session) => {
    const { history } = session;
    const after = act(lab, history, deed);
    if (after === history) return session;
    return withHistory({ ...session, ...skipped(session) }, extend(lab, after, firstSteps));
  };
}

export function predicted(option: number | 'skipped'): Change {
  return (session) => {
    // The answer is given: a later choice is drawn back.
    if (session.revealed) return { ...session };
    return { ...session, predicted: option };
  };
}

/** A bench answers at once, so its answer stays covered until the reader has predicted. */
export function isVeiled({ lab, scenario, predicted: choice, revealed }: Session): boolean {
  return lab.meta.mode === 'bench' && scenario.predict !== undefined && choice === undefined && !revealed;
}

/** The future is drawn on the timeline only when it gives no prediction away. */
export function showsFuture({ scenario, predicted: choice, revealed }: Session): boolean {
  return scenario.predict === undefined || revealed || choice !== undefined;
}

/** The session without one of its optional things. */
export function without<const Key extends 'selected' | 'notice' | 'stored' | 'beside'>(session: Session, key: Key): Omit<Session, Key> {
  return Object.fromEntries(Object.entries(session).filter(([name]) => name !== key)) as unknown as Omit<Session, Key>;
}

/** A subject to ask "why?" about; none closes the panel. */
export function selected(subject: string | undefined): Change {
  return (session) => {
    const rest = without(session, 'selected');
    return subject === undefined ? rest : { ...rest, selected: subject };
  };
}

/** Merely how things are shown. */
export function shown(
  view: Partial<Pick<Session, 'show' | 'speed' | 'part' | 'hints' | 'showsSolutions' | 'showsKeys' | 'wholeLog' | 'opened' | 'showsReal' | 'waits'>>,
): Change {
  return (session) => ({ ...session, ...view });
}

export function noticed(notice: Notice | undefined): Change {
  return (session) => {
    const rest = without(session, 'notice');
    return notice ? { ...rest, notice } : rest;
  };
}
