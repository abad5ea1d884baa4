import type { NodeObject, PersistentVolume, PersistentVolumeClaim } from '../engine/api/cluster-kinds.ts';
import { modesInWords } from '../kit/cluster-lab/object-words.ts';
import type { State } from './state.ts';

/** `class fast`, `class ""`, `no class named`. */
export function classInWords({ spec: { storageClassName }, metadata: { annotations } }: PersistentVolume | PersistentVolumeClaim): string {
  const name = annotations?.['volume.beta.kubernetes.io/storage-class'] ?? storageClassName;
  if (name === undefined) return 'no class named';
  return name === '' ? 'class ""' : `class ${name}`;
}

/** What a claim asks for: `20Gi RWO, Block, class fast, labels disk=ssd`. The mode of the volume is left out where it is the usual one. */
export function wishInWords(claim: PersistentVolumeClaim): string {
  const { resources, accessModes, volumeMode, selector } = claim.spec;
  const labels = [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => [key, operator, values.join(' or ')].filter((word) => word !== '').join(' ')),
  ];
  return [
    `${resources.requests.storage} ${modesInWords(accessModes)}`,
    ...(volumeMode === 'Block' ? ['Block'] : []),
    classInWords(claim),
    ...(labels.length === 0 ? [] : [`labels ${labels.join(' ')}`]),
  ].join(', ');
}

const comparisons: Readonly<Record<string, string>> = { In: '', NotIn: 'not ', Exists: 'any', DoesNotExist: 'none', Gt: 'over ', Lt: 'under ' };

/** `only nodes with zone a`: which nodes reach a volume, by the last part of each label; undefined if all do. */
export function reachInWords({ spec: { nodeAffinity } }: PersistentVolume): string | undefined {
  const terms = nodeAffinity?.required?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return undefined;
  const words = terms.map(({ matchExpressions = [], matchFields = [] }) =>
    [...matchExpressions, ...matchFields]
      .map(({ key, operator, values = [] }) => `${key.split('/').at(-1) ?? key} ${comparisons[operator] ?? ''}${values.join(' or ')}`)
      .join(' and '),
  );
  return `only nodes with ${words.join(', or ')}`;
}

/** `no power, Ready is Unknown`: what is wrong with a node; undefined if nothing is. The cluster hears of a cut only after a while. */
export function troubleOf({ cluster: { world } }: State, { metadata, status }: NodeObject): string | undefined {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
  const words = [...(world[`power/${metadata.name}`] === undefined ? [] : ['no power']), ...(ready === 'True' ? [] : [`Ready is ${ready}`])];
  return words.length === 0 ? undefined : words.join(', ');
}
