import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { accessInWords } from './explain.ts';
import lab from './lab.ts';
import reader from './read.ts';
import { allLinks } from './scene.ts';
import type { Action, State } from './state.ts';
import View from './view.tsx';

const node = (name: string) => `apiVersion: v1\nkind: Node\nmetadata: { name: ${name} }\n`;
const nfs = 'nfs: { server: s.example.com, path: /d }';
const disk = 'csi: { driver: disk.csi.example.com, volumeHandle: vol-1 }';
const volume = (modes: string, source: string) =>
  `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: v }\nspec:\n  capacity: { storage: 5Gi }\n  accessModes: [${modes}]\n  ${source}\n`;
const claim = (mode: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: c }\nspec:\n  accessModes: [${mode}]\n  storageClassName: ''\n  resources: { requests: { storage: 5Gi } }\n`;
const pod = (name: string, on: string, { atClaim = '', atMount = '' } = {}) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  nodeSelector: { kubernetes.io/hostname: ${on} }\n  containers: [{ name: app, image: app:1, volumeMounts: [{ name: d, mountPath: /d${atMount} }] }]\n  volumes: [{ name: d, persistentVolumeClaim: { claimName: c${atClaim} } }]\n`;

function begun(setup: readonly string[], objects: readonly string[]): State {
  const read = reader.read({ setup: setup.join('---\n'), objects: objects.join('---\n') });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return lab.start(read.input, 1);
}

/** The state once nothing more happens, or after so long. */
function after(start: State, ms = 1_800_000): State {
  let state = start;
  const untilMs = lab.clockMs(start) + ms;
  for (let next = lab.next(state); next !== undefined; next = lab.next(state)) {
    const reached = lab.reduce(state, next);
    if (lab.clockMs(reached) > untilMs) return state;
    state = reached;
  }
  return state;
}

const did = (state: State, ...actions: readonly Action[]): State => actions.reduce(lab.reduce, state);
/** How each pod stands to the volume: `n1 attached: a reads and writes`. */
const lines = (state: State) =>
  allLinks(state).map((link) => `${link.node} ${link.word}: ${link.mounts.map((mount) => `${mount.pod.metadata.name} ${accessInWords(mount)}`).join(', ')}`);

const nodes = [node('n1'), node('n2')];

describe('what each mode lets two pods do', () => {
  const table: readonly (readonly [mode: string, source: string, on: string, expected: readonly string[]])[] = [
    ['ReadWriteOnce', disk, 'n1', ['n1 attached: a reads and writes, b reads and writes']],
    ['ReadWriteOnce', disk, 'n2', ['n1 attached: a reads and writes', 'n2 Multi-Attach error: b gets no volume']],
    ['ReadWriteOncePod', disk, 'n1', ['n1 attached: a reads and writes', ' one pod only: b gets no volume']],
    ['ReadWriteOncePod', disk, 'n2', ['n1 attached: a reads and writes', ' one pod only: b gets no volume']],
    ['ReadWriteMany', disk, 'n2', ['n1 refused by the driver: a gets no volume', 'n2 refused by the driver: b gets no volume']],
    ['ReadOnlyMany', disk, 'n1', ['n1 refused by the driver: a gets no volume, b gets no volume']],
    ['ReadWriteMany', nfs, 'n2', ['n1 mounted directly: a reads and writes', 'n2 mounted directly: b reads and writes']],
    ['ReadOnlyMany', nfs, 'n2', ['n1 mounted directly: a reads and writes', 'n2 mounted directly: b reads and writes']],
    // Nobody counts the nodes of a volume that is not attached.
    ['ReadWriteOnce', nfs, 'n2', ['n1 mounted directly: a reads and writes', 'n2 mounted directly: b reads and writes']],
  ];
  test.each(table)('%s, %s, the second pod on %s', (mode, source, on, expected) => {
    expect(lines(after(begun([...nodes, volume(mode, source)], [claim(mode), pod('a', 'n1'), pod('b', on)])))).toEqual(expected);
  });
});

test.each([
  [{ atClaim: ', readOnly: true' }, 'reads only'],
  [{ atMount: ', readOnly: true' }, 'reads only'],
  [{}, 'reads and writes'],
])('readOnly in the pod decides who writes, whatever the mode: %j', (options, expected) => {
  expect(lines(after(begun([...nodes, volume('ReadOnlyMany', nfs)], [claim('ReadOnlyMany'), pod('a', 'n1', options)])))).toEqual([
    `n1 mounted directly: a ${expected}`,
  ]);
});

describe('a node without power', () => {
  const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: db }\nspec:\n  selector: { matchLabels: { app: db } }\n  template:\n    metadata: { labels: { app: db } }\n    spec:\n      containers: [{ name: app, image: app:1, volumeMounts: [{ name: d, mountPath: /d }] }]\n      volumes: [{ name: d, persistentVolumeClaim: { claimName: c } }]\n`;
  const running = after(begun([...nodes, volume('ReadWriteOnce', disk), claim('ReadWriteOnce')], [deployment]));
  const home = allLinks(running)[0]!.node;
  const dark = did(running, { type: 'world', fact: `power/${home}`, value: 'off' });
  const words = (state: State) =>
    allLinks(state)
      .map((link) => `${link.node === home ? 'home' : 'away'} ${link.word}`)
      .toSorted();
  const old = `Pod/default/${allLinks(running)[0]!.mounts[0]!.pod.metadata.name}`;

  test('keeps its disk for as long as the old pod is there', () => {
    const state = after(dark);
    expect(words(state)).toEqual(['away Multi-Attach error', 'home attached']);
    expect(lab.checks['detached-by-force'](state).met).toBe(false);
  });
  test('gives it up 6 minutes after the old pod was deleted by force', () => {
    const forced = did(after(dark), { type: 'act', name: 'force-delete', object: old });
    expect(words(after(forced, 359_000))).toEqual(['away Multi-Attach error', 'home still attached']);
    expect(words(after(forced, 370_000))).toEqual(['away attached']);
  });
  test('gives it up at once when it is marked out of service', () => {
    const marked = did(after(dark, 60_000), { type: 'act', name: 'out-of-service', object: `Node/${home}` });
    const done = after(marked, 60_000);
    expect(words(done)).toEqual(['away attached']);
    expect(lab.checks['moved-off'](done).met).toBe(true);
  });
});

test('impossible acts change nothing', () => {
  const state = after(begun([...nodes, volume('ReadWriteOnce', disk)], [claim('ReadWriteOnce'), pod('a', 'n1')]));
  const acts: readonly Action[] = [
    { type: 'act', name: 'force-delete', object: 'Pod/default/a' },
    { type: 'act', name: 'in-service', object: 'Node/n1' },
    { type: 'act', name: 'uncordon', object: 'Node/n1' },
    { type: 'act', name: 'recreate', object: 'Pod/default/a' },
    { type: 'delete', object: 'Pod/default/nobody' },
  ];
  for (const act of acts) expect(lab.reduce(state, act)).toBe(state);
});

test('with more volumes than are drawn every pod is still in the picture', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const each = (name: string) => [
    volume('ReadWriteMany', nfs).replace('name: v', `name: v-${name}`),
    claim('ReadWriteMany').replace('name: c ', `name: c-${name} `),
    pod(`pod-${name}`, 'n1').replace('claimName: c', `claimName: c-${name}`),
  ];
  const state = after(begun(nodes, names.flatMap(each)));
  const nothing = () => undefined;
  const html = renderToString(h(View, { state, selected: undefined, select: nothing, act: nothing }));
  expect(names.filter((name) => !html.includes(`Pod/default/pod-${name}`))).toEqual([]);
  expect(html).toContain('2 more volumes');
});
