import type { Json, JsonObject } from '../../labs/engine/patch/json.ts';
import { strategicMerge } from '../../labs/engine/patch/strategic-merge.ts';
import { threeWayStrategicPatch } from '../../labs/engine/patch/three-way-patch.ts';
import type { ComparedCase } from './comparator.ts';

interface RecordedMerge {
  readonly object: JsonObject;
  readonly patch: JsonObject;
  readonly result?: Json;
  readonly error?: string;
}

interface RecordedThreeWay {
  readonly lastApplied: JsonObject;
  readonly live: JsonObject;
  readonly manifest: JsonObject;
}

interface RecordedPatches {
  readonly strategicMerge?: readonly RecordedMerge[];
  readonly threeWay?: readonly RecordedThreeWay[];
}

/** An object without a kind was patched as a Deployment. */
const kindOf = ({ kind }: JsonObject): string => (typeof kind === 'string' ? kind : 'Deployment');

function compareMerge({ object, patch, ...expected }: RecordedMerge): Pick<ComparedCase, 'expected' | 'got'> {
  const merged = strategicMerge(object, patch, kindOf(object));
  return { expected, got: merged.ok ? { result: merged.value } : { error: merged.error.message } };
}

function compareThreeWay(recorded: RecordedThreeWay): Pick<ComparedCase, 'expected' | 'got'> {
  const kind = kindOf(recorded.manifest);
  const patch = threeWayStrategicPatch(recorded, kind);
  if (!patch.ok) return { expected: recorded, got: { error: patch.error.message } };
  const result = strategicMerge(recorded.live, patch.value, kind);
  return { expected: recorded, got: { patch: patch.value, ...(result.ok ? { result: result.value } : { error: result.error.message }) } };
}

/** All recorded patches with what the model makes of them. */
export function comparedPatches({ strategicMerge: merges = [], threeWay = [] }: RecordedPatches): readonly ComparedCase[] {
  return [
    ...merges.map((recorded, index) => ({ id: `strategicMerge/${index + 1}`, subject: 'strategicMerge', ...compareMerge(recorded) })),
    ...threeWay.map((recorded, index) => ({ id: `threeWay/${index + 1}`, subject: 'threeWay', ...compareThreeWay(recorded) })),
  ];
}
