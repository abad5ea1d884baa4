import type { Json } from '../../../engine/patch/json.ts';
import { objectText } from '../resources.ts';
import { nameOf, patchOf, refusal, targetsOf, type PlannedCommand } from './plan.ts';

function jsonOf(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

/** Models kubectl pkg/cmd/patch; a patch that is no JSON is not covered. */
export const patchCommand: PlannedCommand = {
  name: 'patch',
  flags: [
    { name: 'patch', short: 'p', kind: 'text' },
    { name: 'type', kind: 'text' },
  ],
  plan: (line, surroundings) => {
    const { flags } = line;
    const text = flags.get('patch') ?? '';
    const type = flags.get('type') ?? 'strategic';
    if (text === '') return refusal('error: must specify --patch or --patch-file containing the contents of the patch');
    if (type !== 'json' && type !== 'merge' && type !== 'strategic')
      return refusal(`error: --type must be one of [json merge strategic], not ${JSON.stringify(type)}`);
    const found = targetsOf(line, surroundings);
    if (typeof found === 'string') return refusal(found);
    const patch = jsonOf(text);
    if (patch === undefined) return found.errors.length > 0 ? refusal(...found.errors) : undefined;
    const steps = found.targets.map(({ resource, object }) => ({
      request: patchOf(object, patch.value, type),
      text: `patches ${nameOf(object)}`,
      done: (isChanged: boolean) => `${objectText(resource, object.metadata.name)} patched${isChanged ? '' : ' (no change)'}`,
    }));
    return { steps, errors: found.errors };
  },
};
