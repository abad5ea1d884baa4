import { isKind, getKind } from '../../api/kinds.ts';
import { sameJson } from '../../patch/json.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { changedNode } from './changes.ts';
import { claimNames } from './volume-restrictions.ts';

/** Labels by which a volume says where it is, the old names last, with the name that a node may have instead. */
const topologyLabels: Readonly<Record<string, string>> = {
  'topology.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};

/** A bound volume with labels of a zone is only used there; the label may list zones, joined by two underscores. Models plugins/volumezone. */
export const volumeZone: SchedulerPlugin = {
  name: 'VolumeZone',
  filter: ({ store, pod }) => {
    const wanted = claimNames(pod).flatMap((name) => {
      const claim = getKind(store, 'PersistentVolumeClaim', name, pod.metadata.namespace ?? 'default');
      const labels = getKind(store, 'PersistentVolume', claim?.spec.volumeName ?? '')?.metadata.labels ?? {};
      return Object.entries(topologyLabels).flatMap(([key, general]) => {
        const value = labels[key];
        return value === undefined ? [] : [{ keys: [key, general], values: value.split('__') }];
      });
    });
    if (wanted.length === 0) return undefined;
    const rejection = { reasons: ['node(s) had no available volume zone'], canPreempt: false };
    return {
      check: ({ labels }) => {
        if (!Object.keys(topologyLabels).some((key) => Object.hasOwn(labels, key))) return undefined;
        const isThere = wanted.every(({ keys, values }) => values.includes(labels[keys.find((key) => Object.hasOwn(labels, key)) ?? ''] ?? ''));
        return isThere ? undefined : rejection;
      },
    };
  },
  wakes: (change, pod) => {
    const { object, before } = change;
    if (isKind(object, 'PersistentVolumeClaim')) return claimNames(pod).includes(object.metadata.name);
    if (isKind(object, 'PersistentVolume')) return before === undefined || !sameJson(before.metadata.labels, object.metadata.labels);
    return (before === undefined && isKind(object, 'StorageClass')) || changedNode(change, ({ metadata }) => metadata.labels ?? {}) !== undefined;
  },
};
