import { isObject, type JsonObject } from '../../../engine/patch/json.ts';
import { listObjects } from '../../../engine/store/store.ts';
import type { StoredObject } from '../../../engine/store/stored-object.ts';
import { fieldAt, numberAt, textAt } from '../field-at.ts';
import { ageAt, momentAt } from '../moment.ts';
import { goSorted } from '../go-sort.ts';
import type { Surroundings } from './description.ts';

/** The Events about an object, the least recent first; those that carry no such time come before all others. */
function eventsAbout({ kind, metadata: { name, namespace, uid } }: StoredObject, { store }: Surroundings): readonly JsonObject[] {
  const isAbout = ({ involvedObject: about }: StoredObject): boolean =>
    isObject(about) &&
    about.name === name &&
    textAt(about, 'namespace') === (namespace ?? '') &&
    (about.kind === kind || kind === 'Pod') &&
    // The kubelet names nodes in place of their uid.
    (about.uid === uid || (kind === 'Node' && about.uid === name));
  const events = listObjects(store, { apiVersion: 'v1', kind: 'Event', ...(namespace !== undefined && { namespace }), matches: isAbout });
  const byName = events.filter(({ involvedObject: about }) => textAt(about, 'uid') !== uid);
  return goSorted([...events.filter((event) => !byName.includes(event)), ...byName], (one, other) => lastSeen(one) < lastSeen(other));
}

const lastSeen = (event: JsonObject): number => momentAt(event, 'lastTimestamp') ?? -Infinity;

function ageOf(event: JsonObject, nowMs: number): string {
  const since = (path: string): string => ageAt(event, path, nowMs);
  const first = fieldAt(event, 'eventTime') === undefined ? since('firstTimestamp') : since('eventTime');
  if (fieldAt(event, 'series') !== undefined) return `${since('series.lastObservedTime')} (x${numberAt(event, 'series.count')} over ${first})`;
  const count = numberAt(event, 'count');
  return count > 1 ? `${since('lastTimestamp')} (x${count} over ${first})` : first;
}

/** The Events part of a description; empty: there are none. Models kubectl pkg/describe DescribeEvents. */
export function eventLines(object: StoredObject, surroundings: Surroundings): readonly string[] {
  const events = eventsAbout(object, surroundings);
  if (events.length === 0) return [];
  const rows = events.map((event) => [
    textAt(event, 'type'),
    textAt(event, 'reason'),
    ageOf(event, surroundings.nowMs),
    textAt(event, 'source.component') || textAt(event, 'reportingComponent'),
    textAt(event, 'message').trim(),
  ]);
  const heading = ['Type', 'Reason', 'Age', 'From', 'Message'];
  return ['Events:', ...[heading, heading.map((word) => '-'.repeat(word === 'Age' ? 4 : word.length)), ...rows].map((row) => `  ${row.join('\t')}`)];
}
