import { numberAt } from '../field-at.ts';
import { objectText } from '../resources.ts';
import { choosingFlags, nameOf, patchOf, refusal, targetsOf, type PlannedCommand } from './plan.ts';

const scalable = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'];

/** Models kubectl pkg/cmd/scale. */
export const scaleCommand: PlannedCommand = {
  name: 'scale',
  flags: [...choosingFlags, { name: 'replicas', kind: 'text' }, { name: 'current-replicas', kind: 'text' }],
  plan: (line, surroundings) => {
    const replicas = line.flags.get('replicas');
    if (replicas === undefined) return refusal('error: required flag(s) "replicas" not set');
    if (!/^-?\d+$/u.test(replicas)) return undefined;
    if (Number(replicas) < 0) return refusal('error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const found = targetsOf(line, surroundings);
    if (typeof found === 'string') return refusal(found);
    const expected = line.flags.get('current-replicas');
    const errors = [...found.errors];
    const steps = found.targets.flatMap(({ resource, object }) => {
      const now = numberAt(object, 'spec.replicas');
      if (!scalable.includes(resource.kind)) errors.push('Error from server (NotFound): the server could not find the requested resource');
      else if (expected !== undefined && Number(expected) >= 0 && Number(expected) !== now)
        errors.push(`error: Expected replicas to be ${expected}, was ${now}`);
      else {
        const request = patchOf(object, { spec: { replicas: Number(replicas) } });
        return [{ request, text: `scales ${nameOf(object)} to ${replicas}`, done: () => `${objectText(resource, object.metadata.name)} scaled` }];
      }
      return [];
    });
    return { steps, errors };
  },
};
