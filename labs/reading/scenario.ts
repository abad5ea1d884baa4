import { load, YAMLException } from 'js-yaml';
import type { AnyLab, Goal, Move, Prediction, Scenario } from '../lab.ts';
import { Fields, isRecord, ScenarioError } from './fields.ts';

/** Larger files are refused before they are parsed (UTF-16 units). */
const textLengthMax = 100_000;
const movesMax = 100;

export type ScenarioResult = { readonly ok: true; readonly scenario: Scenario } | { readonly ok: false; readonly message: string };

/**
 * Reads the text of one scenario file. Never throws; a message names the field and what was expected there.
 * With `lab`, everything that the scenario says about the lab is checked too: parts, checks, diagnoses and actions.
 */
export function readScenario(text: string, lab?: AnyLab): ScenarioResult {
  try {
    const scenario = scenarioOf(parse(text));
    if (lab) checkAgainstLab(scenario, lab);
    return { ok: true, scenario };
  } catch (error) {
    if (error instanceof ScenarioError) return { ok: false, message: error.message };
    throw error;
  }
}

function parse(text: string): unknown {
  if (text.length > textLengthMax) throw new ScenarioError('', `at most ${textLengthMax} characters, not ${text.length}`);
  try {
    return load(text);
  } catch (error) {
    if (error instanceof YAMLException) throw new ScenarioError('', `not YAML: ${error.toString(true)}`);
    throw new ScenarioError('', `not YAML: ${String(error)}`);
  }
}

function scenarioOf(value: unknown): Scenario {
  const fields = new Fields(value, '');
  const kind = fields.oneOf('kind', ['show', 'challenge']);
  const predict = fields.has('predict') ? predictionOf(fields.fields('predict')) : undefined;
  const after = fields.has('after') ? fields.text('after') : undefined;
  const scenario: Scenario = {
    title: fields.text('title'),
    task: fields.text('task'),
    kind,
    ...(fields.has('order') && { order: fields.integer('order', 1, 999) }),
    texts: fields.texts('texts'),
    seed: fields.has('seed') ? fields.integer('seed', 0, Number.MAX_SAFE_INTEGER) : 1,
    ...(predict && { predict }),
    ...(after !== undefined && { after }),
    goals: fields.list('goals', (item) => ({ text: item.text('text'), goal: goalOf(item.fields('goal')) })),
    solutions: fields.list('solutions', (item) => ({ title: item.text('title'), moves: item.list('moves', moveOf, movesMax) })),
    wrong: fields.list('wrong', (item) => ({ title: item.text('title'), moves: item.list('moves', moveOf, movesMax), diagnosis: item.text('diagnosis') })),
    hints: fields.strings('hints'),
    commands: fields.strings('commands'),
  };
  fields.nothingElse();
  if (kind === 'challenge') checkChallenge(scenario);
  return scenario;
}

/** A challenge must be winnable in two ways, explainable in three steps, and know the usual wrong turn. */
function checkChallenge({ goals, solutions, wrong, hints }: Scenario): void {
  if (goals.length === 0) throw new ScenarioError('goals', 'a challenge has at least one goal');
  if (solutions.length < 2) throw new ScenarioError('solutions', `a challenge has at least two solutions, not ${solutions.length}`);
  if (wrong.length === 0) throw new ScenarioError('wrong', 'a challenge has at least one wrong attempt with its diagnosis');
  if (hints.length !== 3) throw new ScenarioError('hints', `a challenge has three hints, not ${hints.length}`);
}

function predictionOf(fields: Fields): Prediction {
  const prediction: Prediction = {
    question: fields.text('question'),
    options: fields.list('options', (item) => ({ text: item.text('text'), right: item.boolean('right'), why: item.text('why') })),
  };
  fields.nothingElse();
  const { options } = prediction;
  if (options.length < 2) throw new ScenarioError(fields.at('options'), 'at least two options to choose from');
  if (options.filter(({ right }) => right).length !== 1) throw new ScenarioError(fields.at('options'), 'exactly one option is right');
  if (new Set(options.map(({ text }) => text)).size < options.length) throw new ScenarioError(fields.at('options'), 'no two options with the same text');
  return prediction;
}

function goalOf(fields: Fields): Goal {
  const goal = goalFields(fields);
  fields.nothingElse();
  return goal;
}

function goalFields(fields: Fields): Goal {
  const kind = fields.onlyOneOf(['finally', 'always', 'never', 'within', 'actionsMax']);
  switch (kind) {
    case 'actionsMax':
      return { actionsMax: fields.integer('actionsMax', 0, 1000) };
    case 'within':
      return { within: fields.text('within'), ms: fields.integer('ms', 0, Number.MAX_SAFE_INTEGER) };
    case 'finally':
      return { finally: fields.text(kind) };
    case 'always':
      return { always: fields.text(kind) };
    case 'never':
      return { never: fields.text(kind) };
  }
}

function moveOf(fields: Fields): Move {
  switch (fields.onlyOneOf(['act', 'edit', 'replace', 'run'])) {
    case 'act': {
      const action = fields.value('act');
      const type = isRecord(action) ? action.type : undefined;
      if (typeof type !== 'string') throw new ScenarioError(fields.at('act'), 'an action with a `type`');
      return { act: { ...(action as Readonly<Record<string, unknown>>), type } };
    }
    case 'edit':
      return { edit: fields.texts('edit') };
    case 'replace': {
      const replace = fields.fields('replace');
      const move: Move = { replace: { part: replace.text('part'), from: replace.string('from'), to: replace.string('to') } };
      replace.nothingElse();
      return move;
    }
    case 'run':
      return runOf(fields);
  }
}

function runOf(fields: Fields): Move {
  if (fields.value('run') === 'to the end') return { run: 'to the end' };
  if (!isRecord(fields.value('run'))) throw new ScenarioError(fields.at('run'), '`to the end`, `{ ms: N }` or `{ steps: N }`');
  const run = fields.fields('run');
  const length = run.onlyOneOf(['ms', 'steps']) === 'ms' ? { ms: run.integer('ms', 0, Number.MAX_SAFE_INTEGER) } : { steps: run.integer('steps', 0, 5000) };
  run.nothingElse();
  return { run: length };
}

function checkAgainstLab(scenario: Scenario, lab: AnyLab): void {
  const parts = Object.keys(lab.parts);
  const missing = parts.filter((part) => scenario.texts[part] === undefined);
  if (missing.length > 0) throw new ScenarioError(`texts.${missing[0] ?? ''}`, 'missing: a scenario gives a text to every part, an empty one too');
  known(Object.keys(scenario.texts), parts, 'texts', 'part');
  for (const [index, { goal }] of scenario.goals.entries()) {
    const checks = Object.entries(goal).flatMap(([key, value]) => (key !== 'ms' && typeof value === 'string' ? [value] : []));
    known(checks, Object.keys(lab.checks), `goals[${index}].goal`, 'check');
  }
  for (const [index, { diagnosis }] of scenario.wrong.entries()) known([diagnosis], Object.keys(lab.diagnoses), `wrong[${index}].diagnosis`, 'diagnosis');
  for (const list of ['solutions', 'wrong'] as const) {
    for (const [index, { moves }] of scenario[list].entries()) {
      for (const [at, move] of moves.entries()) checkMove(move, lab, `${list}[${index}].moves[${at}]`);
    }
  }
}

function checkMove(move: Move, lab: AnyLab, path: string): void {
  if ('edit' in move) known(Object.keys(move.edit), Object.keys(lab.parts), `${path}.edit`, 'part');
  if ('replace' in move) known([move.replace.part], Object.keys(lab.parts), `${path}.replace.part`, 'part');
  if ('act' in move && lab.readAction(move.act) === undefined)
    throw new ScenarioError(`${path}.act`, `the lab does not know this action: ${JSON.stringify(move.act)}`);
}

/** Scenarios as lists show them: what is shown before what is asked, then by `order`, then by id. */
export function compareScenarios(one: Listed, other: Listed): number {
  return (
    Number(one.kind === 'challenge') - Number(other.kind === 'challenge') ||
    (one.order ?? Infinity) - (other.order ?? Infinity) ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}

type Listed = Pick<Scenario, 'kind' | 'order'> & { readonly id: string };

function known(names: readonly string[], allowed: readonly string[], path: string, what: string): void {
  const stranger = names.find((name) => !allowed.includes(name));
  if (stranger !== undefined) throw new ScenarioError(path, `no ${what} \`${stranger}\` in this lab; there are: ${allowed.join(', ') || 'none'}`);
}
