import type { Move } from '../../labs/lab.ts';
import { framesMax } from './history.ts';
import { version, type Experiment } from './link.ts';
import type { OpaqueReplay, Texts } from './opaque.ts';
import type { PageLab } from './page-scenario.ts';

/** Inflated, an experiment is never larger (UTF-16 units): what is larger was not made here. */
export const experimentLengthMax = 400_000;
const movesMax = 500;

/** Former id of a scenario → the one that it has now. */
type FormerIds = NonNullable<PageLab['former']>;

export type ExperimentResult = { readonly ok: true; readonly experiment: Experiment } | { readonly ok: false; readonly message: string };

/** The text of an experiment from a fragment. Bounded: an inflated text above `experimentLengthMax` is refused while it inflates. */
export async function decodeFragment(fragment: string): Promise<string | undefined> {
  const bytes = fromBase64url(fragment.slice(1));
  if (!bytes || fragment.length > experimentLengthMax) return undefined;
  if (fragment.startsWith('j')) return new TextDecoder().decode(bytes);
  if (!fragment.startsWith('d') || typeof DecompressionStream === 'undefined') return undefined;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length > experimentLengthMax) return undefined;
    }
  } catch {
    return undefined;
  } finally {
    // A stream that broke has nothing left to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Reads an experiment that anybody may have written. Nothing of it is used before all of it is checked; messages name what is wrong. */
export function readExperiment(text: string, lab: OpaqueReplay, labId: string, scenarios: readonly string[], former: FormerIds = {}): ExperimentResult {
  if (text.length > experimentLengthMax) return no(`it is longer than ${experimentLengthMax} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no('it is not complete; perhaps the link was cut');
  }
  if (!isRecord(value)) return no('it holds no experiment');
  if (value.version !== version) return no(`it has version ${JSON.stringify(value.version)}, and this page reads version ${version}`);
  if (value.lab !== labId) return no(`it belongs to the lab ${JSON.stringify(value.lab)}`);
  const { scenario: named, seed, frame, hash } = value as { scenario?: unknown; seed?: unknown; frame?: unknown; hash?: unknown };
  const scenario = presentId(named, former);
  if (typeof scenario !== 'string' || !scenarios.includes(scenario)) return no(`there is no scenario ${JSON.stringify(named)} here any more`);
  if (!isCount(seed, Number.MAX_SAFE_INTEGER)) return no('its seed is not a whole number');
  if (!isCount(frame, framesMax)) return no('its frame is not a number in bounds');
  if (typeof hash !== 'string' || hash.length > 64) return no('its fingerprint is missing');
  const texts = value.texts === undefined ? {} : readTexts(value.texts, lab);
  if (!texts) return no('one of its texts does not belong to this lab, or is too long');
  const moves = readMoves(value.moves, lab);
  if (typeof moves === 'string') return no(moves);
  const shown = readShown(value, lab);
  if (!shown) return no('what it shows is neither a file nor a text of this lab');
  return { ok: true, experiment: { version, lab: labId, scenario, ...shown, texts, seed, moves, frame, hash } };
}

/** The id that a scenario has now, whatever it was called when a link to it was made. */
export function presentId(id: unknown, former: FormerIds = {}): unknown {
  return typeof id === 'string' && Object.hasOwn(former, id) ? former[id] : id;
}

function no(reason: string): ExperimentResult {
  return { ok: false, message: `This experiment cannot be opened: ${reason}.` };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
}

function readShown({ listing, part }: Readonly<Record<string, unknown>>, lab: OpaqueReplay): Pick<Experiment, 'listing' | 'part'> | undefined {
  if (listing !== undefined && (typeof listing !== 'string' || !/^[a-z\d.-]{1,60}$/u.test(listing))) return undefined;
  if (part !== undefined && (typeof part !== 'string' || !Object.hasOwn(lab.parts, part))) return undefined;
  return { ...(listing !== undefined && { listing }), ...(part !== undefined && { part }) };
}

function readTexts(value: unknown, lab: OpaqueReplay): Texts | undefined {
  if (!isRecord(value)) return undefined;
  const texts: Record<string, string> = {};
  for (const [part, text] of Object.entries(value)) {
    // A text of `bytesMax` bytes has at most so many UTF-16 units.
    if (!Object.hasOwn(lab.parts, part) || typeof text !== 'string' || text.length > (lab.parts[part]?.bytesMax ?? 0)) return undefined;
    texts[part] = text;
  }
  return texts;
}

function readMoves(value: unknown, lab: OpaqueReplay): readonly Move[] | string {
  if (!Array.isArray(value) || value.length > movesMax) return `it has no list of at most ${movesMax} moves`;
  const moves: Move[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const move = isRecord(item) ? readMove(item, lab) : undefined;
    if (!move) return `this lab does not take its move ${index + 1}`;
    moves.push(move);
  }
  return moves;
}

function readMove(item: Readonly<Record<string, unknown>>, lab: OpaqueReplay): Move | undefined {
  if (Object.keys(item).length !== 1) return undefined;
  const { act, edit, run } = item as { act?: unknown; edit?: unknown; run?: unknown };
  if (act !== undefined) {
    const action = lab.readAction(act);
    return action && { act: action };
  }
  if (edit !== undefined) {
    const texts = readTexts(edit, lab);
    return texts && { edit: texts };
  }
  return isRecord(run) && isCount(run.steps, framesMax) ? { run: { steps: run.steps } } : undefined;
}
