/** A day as the reader's calendar has it: `2026-11-21`. Days compare as texts. */
export type Day = string;

const two = (count: number): string => String(count).padStart(2, '0');

/** The local day of a moment: it changes at the reader's midnight. */
export function dayOf(date: Date): Day {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Noon, because at midnight some days do not begin: where summer time starts then. */
export function noonOf(day: Day): Date {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
}

/** The day so many days later. */
export function daysAfter(day: Day, days: number): Day {
  const noon = noonOf(day);
  noon.setDate(noon.getDate() + days);
  return dayOf(noon);
}

export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && dayOf(noonOf(value)) === value;
}
