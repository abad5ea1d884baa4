import { isMatch } from '../../reference/name-match.ts';

/** A scenario as the filter of the labs knows it. */
export interface ScenarioName {
  readonly id: string;
  readonly title: string;
  readonly task: string;
  readonly kind: 'show' | 'challenge';
}

/** What the filter knows of a lab. `minutes` are whole. */
export interface LabNames {
  readonly area: string;
  readonly minutes: number;
  readonly mode: 'run' | 'bench';
  /** Its title and its question. */
  readonly text: string;
  readonly scenarios: readonly ScenarioName[];
}

/** What the reader asks for; an empty text asks for nothing. `minutes` is the most a lab may take. */
export interface Asked {
  readonly text: string;
  readonly area: string;
  readonly minutes: string;
  readonly kind: string;
}

/** More would bury the lab they belong to; its own page lists them all. */
const scenariosMax = 6;

/** Which scenarios a kind of lab stands for; a lab that answers at once is chosen by its mode. */
function ofKind({ mode, scenarios }: LabNames, kind: string): readonly ScenarioName[] {
  if (kind === 'show' || kind === 'challenge') return scenarios.filter((scenario) => scenario.kind === kind);
  return kind === '' || kind === mode ? scenarios : [];
}

/**
 * Whether a lab fits, and the scenarios to name below it: those that hold the words themselves, or, where the lab alone does not fit, those that fit together
 * with it; all challenges where only challenges are asked for. `undefined`: the lab does not fit.
 */
export function matchLab(lab: LabNames, asked: Asked): readonly ScenarioName[] | undefined {
  const possible = ofKind(lab, asked.kind);
  const isWrongKind = possible.length === 0 && asked.kind !== '' && asked.kind !== lab.mode;
  if (isWrongKind || (asked.area !== '' && asked.area !== lab.area) || (asked.minutes !== '' && lab.minutes > Number(asked.minutes))) return undefined;
  if (asked.text.trim() === '') return asked.kind === 'challenge' ? possible.slice(0, scenariosMax) : [];
  const holds = (text: string): boolean => isMatch(asked.text, text);
  const isLab = holds(lab.text);
  const named = possible.filter(({ title, task }) => holds(isLab ? `${title}\n${task}` : `${title}\n${task}\n${lab.text}`));
  return isLab || named.length > 0 ? named.slice(0, scenariosMax) : undefined;
}
