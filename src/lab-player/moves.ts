import type { Move } from '../../labs/lab.ts';
import { nameOfAct } from './act-name.ts';
import { act, begin, extend, frameOf, framesMax, indexAt, lastOf, restart, seek, type Branch, type History } from './history.ts';
import { startOf, type Deed, type OpaqueLab, type OpaqueReader, type PartErrors, type Setup, type Texts } from './opaque.ts';

/** Moves were played, or one of them cannot be: `move` counts from 0. */
export type MovesResult =
  { readonly ok: true; readonly history: History } | { readonly ok: false; readonly history: History; readonly move: number; readonly message: string };

/** The texts cannot be read: one line an error. */
export function sayErrors(errors: PartErrors): string {
  return errors.map(({ part, line, column, message, expected }) => `${part}, line ${line}, column ${column}: ${message}; expected ${expected}`).join('\n');
}

/** Reads texts into what a run can begin from; says the errors otherwise. */
export function setUp(
  reader: OpaqueReader,
  texts: Texts,
  seed: number,
): { readonly ok: true; readonly setup: Setup } | { readonly ok: false; readonly errors: PartErrors } {
  const read = reader.read(texts);
  return read.ok ? { ok: true, setup: { texts, input: read.input, seed } } : read;
}

/** A whole run, its future computed to the end. */
export function beginWhole(lab: OpaqueLab, setup: Setup, name = 'first run'): History {
  return extend(lab, begin(lab, startOf(lab, setup), name), framesMax);
}

/** Plays moves from the shown frame on. A deed that changes nothing is played too: learners do that. */
export function playMoves(lab: OpaqueLab, reader: OpaqueReader, from: History, moves: readonly Move[]): MovesResult {
  let history = extend(lab, from, framesMax);
  for (const [index, move] of moves.entries()) {
    const played = playMove(lab, reader, history, move);
    if (typeof played === 'string') return { ok: false, history, move: index, message: played };
    history = extend(lab, played, framesMax);
  }
  return { ok: true, history };
}

function playMove(lab: OpaqueLab, reader: OpaqueReader, history: History, move: Move): History | string {
  if ('run' in move) return playRun(history, move.run);
  if ('act' in move) {
    const action = lab.readAction(move.act);
    if (action === undefined) return `the lab does not take the action ${JSON.stringify(move.act)}`;
    return act(lab, history, { action, move, name: nameOfAct(lab, frameOf(history).state, action) });
  }
  const texts = changedTexts(frameOf(history).texts, move);
  if (typeof texts === 'string') return texts;
  const read = setUp(reader, texts, history.branch.start.seed);
  return read.ok ? applyEdit(lab, history, read.setup) : sayErrors(read.errors);
}

function playRun(history: History, run: Extract<Move, { readonly run: unknown }>['run']): History {
  if (run === 'to the end') return seek(history, lastOf(history.branch));
  if ('steps' in run) return seek(history, history.at + run.steps);
  return seek(history, Math.max(history.at, indexAt(history.branch, frameOf(history).atMs + run.ms)));
}

function changedTexts(texts: Texts, move: Exclude<Move, { readonly run: unknown } | { readonly act: unknown }>): Texts | string {
  if ('edit' in move) {
    const stranger = Object.keys(move.edit).find((part) => texts[part] === undefined);
    return stranger === undefined ? { ...texts, ...move.edit } : `there is no part ${stranger}`;
  }
  const { part, from, to } = move.replace;
  const text = texts[part];
  if (text === undefined) return `there is no part ${part}`;
  const at = text.indexOf(from);
  return at < 0 ? `the part ${part} does not contain ${JSON.stringify(from)}` : { ...texts, [part]: text.slice(0, at) + to + text.slice(at + from.length) };
}

/**
 * Texts that could be read take effect: as an action at the shown frame when the lab can amend a run that has gone on,
 * else from the start. `key` makes one frame of an edit that goes on.
 */
export function applyEdit(lab: OpaqueLab, history: History, setup: Setup, key?: string): History {
  const shown = frameOf(history);
  const changed = Object.entries(setup.texts).filter(([part, text]) => shown.texts[part] !== text);
  if (changed.length === 0) return history;
  const name = `${changed.map(([part]) => lab.parts[part]?.label ?? part).join(', ')} changed`;
  // At the very start nothing has happened that an edit could amend: the run simply begins from the new texts.
  if (!lab.amend || history.at === 0) return restart(lab, history, startOf(lab, setup), name);
  const move: Move = { edit: Object.fromEntries(changed) };
  const deed: Deed = { action: lab.amend(shown.state, setup.input), move, name, texts: setup.texts, ...(key !== undefined && { key }) };
  const after = act(lab, history, deed);
  // A text that means the same (a comment) is kept without a frame of its own.
  return after === history ? withTexts(history, setup.texts) : after;
}

function withTexts(history: History, texts: Texts): History {
  const { branch, at } = history;
  const frames = branch.frames.map((frame, index) => (index >= at ? { ...frame, texts } : frame));
  const [first = branch.frames[0], ...rest] = frames;
  return { ...history, branch: { ...branch, frames: [first, ...rest] } };
}

/** What the learner did on the way to frame `at`, as moves that `playMoves` repeats; waiting is counted in steps, or in time. */
export function movesOf(branch: Branch, at: number, waits: 'steps' | 'ms' = 'steps'): readonly Move[] {
  const moves: Move[] = [];
  let steps = 0;
  let sinceMs = branch.frames[0].atMs;
  const wait = (untilMs: number): void => {
    if (steps > 0) moves.push({ run: waits === 'steps' ? { steps } : { ms: untilMs - sinceMs } });
    steps = 0;
    sinceMs = untilMs;
  };
  let previousMs = sinceMs;
  for (const frame of branch.frames.slice(1, at + 1)) {
    if (frame.move) {
      wait(previousMs);
      moves.push(frame.move);
    } else steps++;
    previousMs = frame.atMs;
  }
  wait(previousMs);
  return moves;
}
