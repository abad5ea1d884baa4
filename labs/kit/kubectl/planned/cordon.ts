import { trueAt } from '../field-at.ts';
import { nameOf, patchOf, refusal, targetsOf, type PlannedCommand } from './plan.ts';

function cordoning(name: 'cordon' | 'uncordon'): PlannedCommand {
  const wanted = name === 'cordon';
  return {
    name,
    flags: [{ name: 'selector', short: 'l', kind: 'text' }],
    plan: (line, surroundings) => {
      if (line.words.length === 0 && !line.flags.has('selector'))
        return refusal(`error: USAGE: ${name} NODE [flags]`, `See 'kubectl ${name} -h' for help and examples`);
      const nodes = line.words.map((word) => (word.includes('/') ? word : `node/${word}`));
      const found = targetsOf({ ...line, words: nodes.length === 0 ? ['nodes'] : nodes }, surroundings);
      if (typeof found === 'string') return refusal(found);
      const steps = found.targets.map(({ object }) => {
        const target = `node/${object.metadata.name}`;
        if (trueAt(object, 'spec.unschedulable') === wanted) return `${target} already ${name}ed`;
        const request = patchOf(object, { spec: { unschedulable: wanted ? true : null } });
        return { request, text: `${name}s ${nameOf(object)}`, done: () => `${target} ${name}ed` };
      });
      return { steps, errors: found.errors };
    },
  };
}

/** Models kubectl pkg/cmd/drain, cordon. */
export const cordonCommand = cordoning('cordon');

/** Models kubectl pkg/cmd/drain, uncordon. */
export const uncordonCommand = cordoning('uncordon');
