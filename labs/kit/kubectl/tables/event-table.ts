import type { JsonObject } from '../../../engine/patch/json.ts';
import { fieldAt, numberAt, textAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';

/** Who reported, and where. Models pkg/printers formatEventSource. */
function sourceText(event: JsonObject): string {
  const who = textAt(event, 'source.component') || textAt(event, 'reportingComponent');
  const where = textAt(event, 'source.host') || textAt(event, 'reportingInstance');
  return where === '' ? who : `${who}, ${where}`;
}

/** Models pkg/printers printEvent. */
export const eventTable: Table = {
  columns: ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', '+SUBOBJECT', '+SOURCE', 'MESSAGE', '+FIRST SEEN', '+COUNT', '+NAME'],
  cells: (event, nowMs) => {
    const since = (path: string): string => ageAt(event, path, nowMs);
    const first = fieldAt(event, 'firstTimestamp') === undefined ? since('eventTime') : since('firstTimestamp');
    const last = fieldAt(event, 'lastTimestamp') === undefined ? first : since('lastTimestamp');
    const isSeries = fieldAt(event, 'series') !== undefined;
    const name = textAt(event, 'involvedObject.name');
    const kind = textAt(event, 'involvedObject.kind').toLowerCase();
    return [
      isSeries ? since('series.lastObservedTime') : last,
      textAt(event, 'type'),
      textAt(event, 'reason'),
      name === '' ? kind : `${kind}/${name}`,
      textAt(event, 'involvedObject.fieldPath'),
      sourceText(event),
      textAt(event, 'message').trim(),
      first,
      String(isSeries ? numberAt(event, 'series.count') : numberAt(event, 'count') || 1),
      event.metadata.name,
    ];
  },
};
