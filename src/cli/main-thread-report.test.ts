import { describe, expect, test } from 'vitest';
import { actsOf, type TraceEvent } from './main-thread-report.ts';

const here = { pid: 1, tid: 2, ph: 'X' } as const;
const at = (name: string, startMs: number, ms: number, more: Partial<TraceEvent> = {}): TraceEvent => ({
  ...{ ...here, name, ts: startMs * 1000, dur: ms * 1000, tdur: ms * 1000 },
  ...more,
});
const mark = (act: string, startMs: number): TraceEvent => ({ ...here, name: `act:${act}`, ph: 'I', ts: startMs * 1000 });
const script = (startMs: number, ms: number, url: string): TraceEvent => at('FunctionCall', startMs, ms, { args: { data: { url, functionName: 'draw' } } });

describe('the longest task of an act', () => {
  test('stands between its mark and the next, and is told by its parts without what is inside them', () => {
    const [first, second] = actsOf([
      mark('wakes', 0),
      at('RunTask', 10, 60),
      script(10, 50, 'http://localhost/_astro/wake.a1B2-c3_.js'),
      at('Layout', 20, 30),
      at('RunTask', 100, 5),
      mark('steps', 200),
      at('RunTask', 210, 12),
    ]);
    expect(first).toMatchObject({ act: 'wakes', longestMs: 60, busyMs: 65, cause: 'layout 30 ms, script wake:draw 20 ms' });
    expect(second).toMatchObject({ act: 'steps', longestMs: 12, cause: '' });
  });

  test('is measured by what the thread worked, not by how long it waited for the processor', () => {
    const [act] = actsOf([
      mark('steps', 0),
      at('RunTask', 1, 400, { tdur: 9_000 }),
      at('RunTask', 500, 20),
      { ...at('RunTask', 600, 90), tdur: undefined } as unknown as TraceEvent,
    ]);
    expect(act).toMatchObject({ longestMs: 20, busyMs: 29 });
  });

  test('is one of the page’s own main thread', () => {
    expect(actsOf([mark('load', 0), at('RunTask', 1, 80, { tid: 3 }), at('RunTask', 1, 70, { pid: 9 })])[0]).toMatchObject({ longestMs: 0, cause: '' });
  });

  test('names the functions that ran most in it, if there is a profile', () => {
    const node = (id: number, functionName: string, url?: string): object => ({
      id,
      callFrame: { functionName, ...(url && { url, lineNumber: 0, columnNumber: 41 }) },
    });
    const chunk = {
      cpuProfile: {
        nodes: [node(1, '(program)'), node(2, 'draw', 'http://localhost/_astro/later.a1B2-c3_.js'), node(3, 'sort')],
        samples: [2, 2, 2, 3, 1, 3, 2],
      },
      // The last two samples are behind the task.
      timeDeltas: [11_000, 1000, 1000, 1000, 1000, 90_000, 1000],
    } as unknown as NonNullable<TraceEvent['args']>['data'];
    const trace = [
      mark('steps', 0),
      at('RunTask', 10, 60),
      at('Profile', 0, 0, { ph: 'P', tid: 7 }),
      at('ProfileChunk', 50, 0, { ph: 'P', tid: 7, args: { data: chunk ?? {} } }),
    ];
    expect(actsOf(trace)[0]?.functions).toEqual(['75 % later:draw:1:42', '25 % sort']);
  });
});
