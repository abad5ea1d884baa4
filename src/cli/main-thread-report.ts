/** An event of Chromium’s trace; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  /** The time that the thread itself worked, so that a busy machine does not count; slowing the processor down does. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: {
    readonly data?: {
      readonly url?: string;
      readonly functionName?: string;
      readonly type?: string;
      readonly cpuProfile?: Profile;
      readonly timeDeltas?: readonly number[];
    };
  };
  readonly id?: string;
}

/** A piece of a profile: the functions that are new in it, and which of them ran at each sample. */
interface Profile {
  readonly nodes?: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url?: string; readonly lineNumber?: number; readonly columnNumber?: number };
  }[];
  readonly samples?: readonly number[];
}

/** The longest task of an act. */
export interface ActReport {
  readonly act: string;
  readonly longestMs: number;
  /** What the task did most: "Layout 40 ms, wake.js 12 ms". */
  readonly cause: string;
  /** The functions that ran most in that task, if the trace has a profile. */
  readonly functions: readonly string[];
  /** How long the main thread worked in all. */
  readonly busyMs: number;
}

/** No task may be longer; the report fails only at three times that. */
export const taskMsMax = 50;

/** Marks that begin with this start an act; the rest is its name. */
export const actMark = 'act:';

const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;
// Chromium leaves out a thread time of nothing.
const costOf = ({ tdur = 0 }: TraceEvent): number => tdur;
const milliseconds = (microseconds: number): number => Math.round(microseconds / 1000);

const fileOf = (url: string): string => /[^/]+(?=\.[\w-]{8}\.js$)|[^/]+$/.exec(url)?.[0] ?? '';

/** What Chromium calls the kinds of work that are worth naming. */
const labels: Readonly<Record<string, string>> = {
  BlinkScheduler_PerformMicrotaskCheckpoint: 'script after a promise',
  Commit: 'handing over',
  Layerize: 'layers',
  Layout: 'layout',
  MajorGC: 'clearing memory',
  MinorGC: 'clearing memory',
  Paint: 'paint',
  ParseAuthorStyleSheet: 'reading styles',
  ParseHTML: 'reading HTML',
  PrePaint: 'paint',
  TimerFire: 'script of a timer',
  UpdateLayoutTree: 'styles',
  'v8.compileModule': 'reading script',
};

function labelOf({ name, args }: TraceEvent): string | undefined {
  const { url = '', functionName = '', type = '' } = args?.data ?? {};
  if (name === 'FunctionCall' && url !== '') return `script ${fileOf(url)}${functionName === '' ? '' : `:${functionName}`}`;
  return name === 'EventDispatch' ? `script of ${type}` : labels[name];
}

/** The time of each labelled event less that of the labelled events inside it, largest first. */
function partsOf(events: readonly TraceEvent[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  const open: { readonly label: string; readonly end: number }[] = [];
  const add = (label: string, time: number): void => {
    sums.set(label, (sums.get(label) ?? 0) + time);
  };
  for (const event of events) {
    const label = labelOf(event);
    if (label === undefined) continue;
    while ((open.at(-1)?.end ?? Infinity) <= event.ts) open.pop();
    const outer = open.at(-1);
    if (outer) add(outer.label, -costOf(event));
    add(label, costOf(event));
    open.push({ label, end: endOf(event) });
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** The functions that ran most in a span of time, each with its share of the samples; nothing without a profile in the trace. */
function functionsIn(events: readonly TraceEvent[], { pid, ts, dur = 0 }: TraceEvent): readonly string[] {
  const names = new Map<number, string>();
  const counts = new Map<string, number>();
  let atUs = events.find((event) => event.name === 'Profile' && event.pid === pid)?.ts ?? 0;
  let total = 0;
  for (const { args } of events.filter((event) => event.name === 'ProfileChunk' && event.pid === pid)) {
    const { cpuProfile = {}, timeDeltas = [] } = args?.data ?? {};
    for (const { id, callFrame } of cpuProfile.nodes ?? []) {
      const { functionName, url = '', lineNumber = 0, columnNumber = 0 } = callFrame;
      names.set(id, url === '' ? functionName : `${fileOf(url)}:${functionName}:${lineNumber + 1}:${columnNumber + 1}`);
    }
    (cpuProfile.samples ?? []).forEach((id, index) => {
      atUs += timeDeltas[index] ?? 0;
      const name = names.get(id) ?? '';
      if (atUs < ts || atUs > ts + dur || name === '(program)') return;
      total += 1;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    });
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([name, count]) => `${Math.round((100 * count) / total)} % ${name}`);
}

/** The acts of a trace in order: for each its longest task on the main thread of the page that made the marks, and what that task did. */
export function actsOf(trace: readonly TraceEvent[]): readonly ActReport[] {
  const events = trace.toSorted((a, b) => a.ts - b.ts);
  const marks = events.filter(({ name, ph }) => name.startsWith(actMark) && (ph === 'I' || ph === 'R' || ph === 'n'));
  return marks.map((mark, index) => {
    const until = marks[index + 1]?.ts ?? Infinity;
    // The task that makes a mark is the tool’s own; what the act does comes behind it.
    const here = events.filter(({ pid, tid, ts, ph }) => pid === mark.pid && tid === mark.tid && ph === 'X' && ts >= mark.ts && ts < until);
    const tasks = here.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask');
    const longest = tasks.reduce<TraceEvent | undefined>((best, task) => (best && costOf(best) >= costOf(task) ? best : task), undefined);
    const inside = longest ? here.filter((event) => event !== longest && event.ts >= longest.ts && endOf(event) <= endOf(longest)) : [];
    const cause = partsOf(inside)
      .slice(0, 3)
      .filter(([, time]) => time >= 1000)
      .map(([label, time]) => `${label} ${milliseconds(time)} ms`)
      .join(', ');
    const busy = tasks.reduce((sum, task) => sum + costOf(task), 0);
    return {
      act: mark.name.slice(actMark.length),
      longestMs: longest ? milliseconds(costOf(longest)) : 0,
      cause,
      functions: longest ? functionsIn(events, longest) : [],
      busyMs: milliseconds(busy),
    };
  });
}
