import { getObject, listObjects, type Store } from '../../store/store.ts';
import type { RequestedObject, StoredObject } from '../../store/stored-object.ts';
import type { StatusError } from '../../store/status-error.ts';
import { fieldOf } from '../../patch/json.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { systemPriorities } from '../kinds/priority-class.ts';
import { numberAt, objectAt, textAt } from '../read-fields.ts';
import { earlyRefusal, refusal } from './refusal.ts';

const type = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' };

/** The class for pods that name none: of those marked as default, the one of least value. */
function defaultClass(store: Store): StoredObject | undefined {
  const marked = listObjects(store, { ...type, matches: ({ globalDefault }) => globalDefault === true });
  return marked.toSorted((one, other) => Number(one.value) - Number(other.value))[0];
}

interface Priority {
  readonly className?: string;
  readonly value: number;
  readonly preemptionPolicy: string;
}

function priorityOf(store: Store, className: string): Priority | undefined {
  const found = className === '' ? defaultClass(store) : getObject(store, { ...type, name: className });
  const system = Object.hasOwn(systemPriorities, className) ? systemPriorities[className] : undefined;
  if (found === undefined && system === undefined && className !== '') return undefined;
  const named = found?.metadata.name ?? className;
  return {
    ...(named !== '' && { className: named }),
    value: found === undefined ? (system ?? 0) : Number(found.value),
    preemptionPolicy: found === undefined ? 'PreemptLowerPriority' : textAt(found, 'preemptionPolicy'),
  };
}

function admitted(object: RequestedObject, store: Store): RequestedObject | StatusError {
  const spec = objectAt(object, 'spec');
  const className = textAt(spec, 'priorityClassName');
  const priority = priorityOf(store, className);
  if (priority === undefined) return earlyRefusal(object, `no PriorityClass with name ${className} was found`);
  const { value, preemptionPolicy } = priority;
  const [wanted, wantedPolicy] = [numberAt(spec, 'priority'), textAt(spec, 'preemptionPolicy')];
  const computed = (found: string | number): string => `; priority admission controller computed ${found} from the given PriorityClass name`;
  if (wanted !== undefined && wanted !== value) {
    return earlyRefusal(object, `the integer value of priority (${wanted}) must not be provided in pod spec${computed(value)}`);
  }
  if (wantedPolicy !== '' && wantedPolicy !== preemptionPolicy) {
    return earlyRefusal(object, `the string value of PreemptionPolicy (${wantedPolicy}) must not be provided in pod spec${computed(preemptionPolicy)}`);
  }
  const named = priority.className === undefined ? {} : { priorityClassName: priority.className };
  return { ...object, spec: { ...spec, ...named, priority: value, preemptionPolicy } };
}

/** An update that leaves the priority out keeps it. */
function kept(object: RequestedObject, old: StoredObject): RequestedObject {
  const [spec, before] = [objectAt(object, 'spec'), objectAt(old, 'spec')];
  const lost = ['priority', 'preemptionPolicy'].filter((field) => fieldOf(spec, field) === undefined && fieldOf(before, field) !== undefined);
  return lost.length === 0 ? object : { ...object, spec: { ...spec, ...Object.fromEntries(lost.map((field) => [field, fieldOf(before, field) ?? null])) } };
}

/**
 * Pods get the number that their PriorityClass stands for; one class at most is the default. The system classes are there though nobody created them.
 * Models plugin/pkg/admission/priority.
 */
export const priorityAdmission: AdmissionPlugin = {
  name: 'Priority',
  kinds: ['Pod', 'PriorityClass'],
  mutate: ({ object, old, store }) => {
    if (object.kind !== 'Pod') return object;
    return old === undefined ? admitted(object, store) : kept(object, old);
  },
  validate: ({ object, old, store }) => {
    if (object.kind !== 'PriorityClass' || object.globalDefault !== true) return undefined;
    const other = defaultClass(store)?.metadata.name;
    if (other === undefined || other === old?.metadata.name) return undefined;
    return refusal(object, `PriorityClass ${other} is already marked as default. Only one default can exist`);
  },
};
