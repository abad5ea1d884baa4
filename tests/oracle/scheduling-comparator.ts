import type { Comparator } from './comparator.ts';
import type { RecordedScenario } from './scheduling-recording.ts';
import { bySource, playScenario } from './scheduling-runner.ts';

interface Recording {
  readonly scenarios: readonly RecordedScenario[];
}

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isRecording = (content: unknown): content is Recording => {
  if (!isObjectLike(content) || !Array.isArray(content.scenarios)) return false;
  return content.scenarios.every((scenario) => isObjectLike(scenario) && Array.isArray(scenario.nodes) && 'tieBetweenBestNodes' in scenario);
};

/** `scheduling.json`: what the scheduler decided, step by step, with the points of every plugin. */
export const schedulingComparator: Comparator = {
  shape: 'scheduling',
  recognises: isRecording,
  compare: (content) =>
    isRecording(content)
      ? content.scenarios.map((scenario) => ({ id: scenario.id, subject: 'scheduling', expected: expectedOf(scenario), got: playedOrNot(scenario) }))
      : [],
};

/** A scenario with a step that cannot be played disagrees; the others are compared all the same. */
function playedOrNot(scenario: RecordedScenario): unknown {
  try {
    return playScenario(scenario);
  } catch (error) {
    return { unplayable: error instanceof Error ? error.message : String(error) };
  }
}

function expectedOf(scenario: RecordedScenario): unknown {
  const steps = scenario.steps.map(({ state: { pods, newEvents = [] }, ...step }) => {
    const events = bySource(newEvents);
    return {
      ...step,
      state: { pods: Object.fromEntries(Object.entries(pods).map(([name, pod]) => [name, withoutEmpty(pod)])), ...(events && { newEvents: events }) },
    };
  });
  return { ...scenario, steps };
}

/** A pod that was never looked at has no conditions: the recorder wrote that in two ways. */
function withoutEmpty(pod: unknown): unknown {
  if (!isObjectLike(pod)) return pod;
  return Object.fromEntries(Object.entries(pod).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
}
