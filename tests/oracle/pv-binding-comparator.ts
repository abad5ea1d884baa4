import type { Comparator } from './comparator.ts';
import type { RecordedError, RecordedEvent, RecordedScenario, RecordedScenarios, RecordedState } from './pv-binding-recording.ts';
import { playScenario } from './pv-binding-runner.ts';

const kinds = new Set(['PersistentVolume', 'PersistentVolumeClaim']);

/** Scenarios of volumes and claims: their steps create some or list some; those of the scheduler list `pods`. */
function isScenarios(content: unknown): content is RecordedScenarios {
  if (typeof content !== 'object' || content === null || !('scenarios' in content) || !Array.isArray(content.scenarios)) return false;
  const steps = (content.scenarios as readonly Partial<RecordedScenario>[]).flatMap((scenario) => scenario.steps ?? []);
  const listed = new Set(steps.flatMap(({ state }) => Object.keys(state)));
  const creates = steps.some(({ objects = [] }) => objects.some(({ kind }) => typeof kind === 'string' && kinds.has(kind)));
  return !listed.has('pods') && (creates || listed.has('pv') || listed.has('pvc'));
}

interface Step {
  readonly error?: RecordedError;
  readonly state: RecordedState;
}

/**
 * Events as a set, each in the step in which it was first seen (a repetition only raises a count, and whether it is listed depends on the moment); of an
 * error's text the first line: the rest shows Go values.
 */
function comparable(steps: readonly Step[]): unknown {
  const seen = new Set<string>();
  return steps.map(({ state, error, ...rest }) => {
    const texts = (state.newEvents ?? []).map(({ object, type, reason, message }: RecordedEvent) => [object, type, reason, message].join(' '));
    const fresh = texts.filter((text) => !seen.has(text));
    for (const text of fresh) seen.add(text);
    return {
      ...rest,
      ...(error !== undefined && { error: { ...error, message: error.message.split('\n')[0] } }),
      state: { ...state, newEvents: Object.fromEntries([...new Set(fresh)].map((text) => [text.replaceAll('.', '·'), true])) },
    };
  });
}

/** Binding, provisioning, reclaiming and protecting volumes, played through the engine with its review and scheduler. */
export const pvBindingComparator: Comparator = {
  shape: 'pv-binding',
  recognises: isScenarios,
  compare: (content) =>
    isScenarios(content)
      ? content.scenarios.map((scenario) => ({
          id: scenario.id,
          subject: 'pv-binding',
          expected: { ...scenario, steps: comparable(scenario.steps) },
          got: { steps: comparable(playScenario(scenario)) },
        }))
      : [],
};
