import { dnsLabel, qualifiedName } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, invalidValue, required, unsupported } from '../field-causes.ts';
import { has, numberAt, objectAt, objectsAt, optionalAt, textAt, textsAt } from '../read-fields.ts';
import { labelSelectorCauses } from './label-selector-rules.ts';
import { nameCauses } from './name-causes.ts';
import { nodeSelectorCauses, nodeSelectorTermCauses } from './node-selector-rules.ts';

const wanted = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

function weightCauses(term: JsonObject, path: string): readonly FieldCause[] {
  const weight = numberAt(term, 'weight') ?? 0;
  return weight >= 1 && weight <= 100 ? [] : [invalidValue(`${path}.weight`, weight, 'must be in the range 1-100')];
}

function topologyKeyCauses(field: string, key: string): readonly FieldCause[] {
  return [...(key === '' ? [required(field, 'can not be empty')] : []), ...nameCauses(qualifiedName, field, key)];
}

function selectorsCauses(term: JsonObject, path: string): readonly FieldCause[] {
  return ['labelSelector', 'namespaceSelector'].flatMap((field) => {
    const selector = optionalAt(term, field);
    return selector === undefined ? [] : labelSelectorCauses(selector, `${path}.${field}`);
  });
}

function podTermCauses(term: JsonObject, path: string): readonly FieldCause[] {
  return [
    ...selectorsCauses(term, path),
    ...textsAt(term, 'namespaces').flatMap((name) => nameCauses(dnsLabel, `${path}.namespace`, name)),
    ...topologyKeyCauses(`${path}.topologyKey`, textAt(term, 'topologyKey')),
  ];
}

function podAffinityCauses(affinity: JsonObject, path: string): readonly FieldCause[] {
  return [
    ...objectsAt(affinity, wanted).flatMap((term, index) => podTermCauses(term, `${path}.${wanted}[${index}]`)),
    ...objectsAt(affinity, preferred).flatMap((term, index) => {
      const at = `${path}.${preferred}[${index}]`;
      return [...weightCauses(term, at), ...podTermCauses(objectAt(term, 'podAffinityTerm'), `${at}.podAffinityTerm`)];
    }),
  ];
}

/** What is wrong with a pod's affinities. Models pkg/apis/core/validation validateAffinity. */
export function affinityCauses(affinity: JsonObject, path: string): readonly FieldCause[] {
  const node = objectAt(affinity, 'nodeAffinity');
  const nodeSelector = optionalAt(node, wanted);
  return [
    ...(nodeSelector === undefined ? [] : nodeSelectorCauses(nodeSelector, `${path}.nodeAffinity.${wanted}`)),
    ...objectsAt(node, preferred).flatMap((term, index) => {
      const at = `${path}.nodeAffinity.${preferred}[${index}]`;
      return [...weightCauses(term, at), ...nodeSelectorTermCauses(objectAt(term, 'preference'), `${at}.preference`)];
    }),
    ...podAffinityCauses(objectAt(affinity, 'podAffinity'), `${path}.podAffinity`),
    ...podAffinityCauses(objectAt(affinity, 'podAntiAffinity'), `${path}.podAntiAffinity`),
  ];
}

const reactions = ['DoNotSchedule', 'ScheduleAnyway'];
const inclusions = ['Honor', 'Ignore'];

/** What is wrong with a pod's topology spread constraints. Models validateTopologySpreadConstraints. */
export function spreadCauses(constraints: readonly JsonObject[], path: string): readonly FieldCause[] {
  const seen = new Set<string>();
  return constraints.flatMap((constraint, index) => {
    const at = `${path}[${index}]`;
    const [key, reaction] = [textAt(constraint, 'topologyKey'), textAt(constraint, 'whenUnsatisfiable')];
    const [skew, domains] = [numberAt(constraint, 'maxSkew') ?? 0, numberAt(constraint, 'minDomains')];
    const pair = `{${key}, ${reaction}}`;
    const isRepeated = seen.has(pair);
    seen.add(pair);
    return [
      ...(skew > 0 ? [] : [invalidValue(`${at}.maxSkew`, skew, 'must be greater than zero')]),
      ...topologyKeyCauses(`${at}.topologyKey`, key),
      ...(reactions.includes(reaction) ? [] : [unsupported(`${at}.whenUnsatisfiable`, reaction, reactions)]),
      ...(isRepeated ? [duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair)] : []),
      ...(domains === undefined ? [] : minDomainsCauses(domains, reaction, `${at}.minDomains`)),
      ...['nodeAffinityPolicy', 'nodeTaintsPolicy'].flatMap((field) =>
        has(constraint, field) && !inclusions.includes(textAt(constraint, field)) ? [unsupported(`${at}.${field}`, textAt(constraint, field), inclusions)] : [],
      ),
      ...selectorsCauses(constraint, at),
    ];
  });
}

function minDomainsCauses(domains: number, reaction: string, field: string): readonly FieldCause[] {
  return [
    ...(domains > 0 ? [] : [invalidValue(field, domains, 'must be greater than zero')]),
    ...(reaction === 'DoNotSchedule' ? [] : [invalidValue(field, domains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${reaction}`)]),
  ];
}
