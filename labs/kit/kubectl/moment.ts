import type { Json } from '../../engine/patch/json.ts';
import { unixMsOf } from '../../engine/store/timestamp.ts';
import { textAt } from './field-at.ts';
import { humanDuration } from './human-duration.ts';

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds since 1970 of the time at a path, with its fraction if it has one; undefined if there is none. */
export function momentAt(value: Json | undefined, path: string): number | undefined {
  const text = textAt(value, path);
  const [, fraction = ''] = /\.(\d+)Z$/u.exec(text) ?? [];
  const moment = unixMsOf(text.replace(/\.\d+/u, ''));
  return Number.isNaN(moment) ? undefined : moment + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** How long ago the time at a path was: `3m`; `<unknown>` without one. */
export function ageAt(value: Json | undefined, path: string, nowMs: number): string {
  const moment = momentAt(value, path);
  return moment === undefined ? '<unknown>' : humanDuration(nowMs - moment);
}

/** The time at a path in the form of Go's time.RFC1123Z: `Sat, 21 Nov 2026 00:44:58 +0000`. A missing one is Go's zero time. */
export function dateAt(value: Json | undefined, path: string): string {
  const text = textAt(value, path);
  const [, year = '', month = '', day = '', time = ''] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/u.exec(text) ?? [];
  const moment = momentAt(value, path);
  if (moment === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const weekday = weekdays[((Math.floor(moment / 86_400_000) % 7) + 7) % 7] ?? '';
  return `${weekday}, ${day} ${months[Number(month) - 1] ?? ''} ${year} ${time} +0000`;
}
