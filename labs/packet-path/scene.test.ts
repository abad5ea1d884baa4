import { describe, expect, test } from 'vitest';
import { reduce, start } from './acts.ts';
import { sceneOf, serviceNote, type Scene } from './scene.ts';
import type { Form } from './scene-layout.ts';
import type { Box } from './scene-places.ts';
import type { State } from './state.ts';
import { cartObjects, inputOf, settled } from './testing.ts';

const forms: readonly Form[] = ['wide', 'narrow'];
const call = { objects: cartObjects(), call: 'from: pod/checkout\nto: service/cart' };
const begun = (network = '', texts: { readonly objects: string; readonly call: string } = call): State => start(inputOf({ ...texts, network }), 1);

function stepped(state: State, steps: number): State {
  return steps === 0 ? state : stepped(reduce(state, { type: 'advance' }), steps - 1);
}

const overlap = (one: Box, other: Box): boolean => one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

/** Every picture of a run. */
function run(state: State, form: Form): readonly Scene[] {
  const scenes = [sceneOf(state, form)];
  for (let current = state; current.sending.shown < current.sending.steps.length;) {
    current = reduce(current, { type: 'advance' });
    scenes.push(sceneOf(current, form));
  }
  return scenes;
}

const worlds: Readonly<Record<string, State>> = {
  'ClusterIP over routes': begun(),
  'ClusterIP over the tunnel': begun('podNetwork: vxlan'),
  'ClusterIP in ipvs mode': begun('proxyMode: ipvs'),
  'node port from outside': begun('', { objects: cartObjects(), call: 'from: host/client\nto: node/node-b\nport: 30080' }),
  'pod to the internet': begun('', { objects: cartObjects(), call: 'from: pod/checkout\nto: host/client\nport: 443' }),
  'node to a Service over the tunnel': begun('podNetwork: vxlan', { objects: cartObjects(), call: 'from: node/node-a\nto: service/cart' }),
  'client beside the nodes': begun('outside: [{ name: client, address: 192.0.2.50 }]', {
    objects: cartObjects(),
    call: 'from: host/client\nto: node/node-a\nport: 30080',
  }),
};

describe.each(Object.entries(worlds))('%s', (_name, state) => {
  test.each(forms)('keeps its size and its places in the whole run (%s)', (form) => {
    const scenes = run(state, form);
    const [first] = scenes;
    expect(new Set(scenes.map(({ height }) => height)).size).toBe(1);
    for (const { places, plain } of scenes) expect([places, plain]).toEqual([first?.places, first?.plain]);
  });

  test.each(forms)('draws nothing over anything else, and all inside (%s)', (form) => {
    const { places, width, height, service } = sceneOf(settled(state), form);
    const boxes: readonly Box[] = service ? [...places, service] : places;
    for (const [index, one] of boxes.entries()) {
      expect(one.x >= 0 && one.y >= 0 && one.x + one.w <= width && one.y + one.h <= height).toBe(true);
      for (const other of boxes.slice(index + 1)) expect(overlap(one, other), `${JSON.stringify(one)} over ${JSON.stringify(other)}`).toBe(false);
    }
  });

  test.each(forms)('shows the packet and its label at every hop, inside the picture (%s)', (form) => {
    const [before, ...scenes] = run(state, form);
    expect([before?.packet, before?.tag]).toEqual([undefined, undefined]);
    for (const { packet, tag, width, height, places } of scenes) {
      expect(places.some(({ id }) => id === packet?.place)).toBe(true);
      expect(tag && tag.x >= 0 && tag.y >= 0 && tag.x + tag.w <= width && tag.y + tag.h <= height).toBe(true);
    }
  });

  test.each(forms)('gives nothing away: the way grows with the hops (%s)', (form) => {
    const scenes = run(state, form);
    const [first] = scenes;
    expect([first?.ways.there.line, first?.ways.back.line, first?.service?.link]).toEqual(['', '', undefined]);
    for (const [index, { ways }] of scenes.entries()) {
      const next = scenes[index + 1];
      if (next) expect(next.ways.there.line.startsWith(ways.there.line)).toBe(true);
    }
  });
});

test('before the choice every backend looks the same, and only the chosen one is reached by the way', () => {
  const { places } = sceneOf(begun(), 'wide');
  expect(places.filter(({ kind }) => kind === 'pod').map(({ label }) => label)).toEqual(['checkout', 'cart-1', 'cart-2']);
});

describe('where the packet is', () => {
  test('in the call: at the caller', () => {
    expect(sceneOf(stepped(begun(), 1), 'wide').packet?.place).toBe('default/checkout');
  });

  test('when a rule rewrites it: at the station of the hook, joined to the Service', () => {
    const scene = sceneOf(stepped(begun(), 4), 'wide');
    expect(scene.packet?.place).toBe('node-a pre');
    expect(scene.service?.link).toBeDefined();
    expect(scene.tag?.lines.map(({ is }) => is)).toEqual(['old', 'new']);
  });

  test('at the end: back at the caller, with a way back', () => {
    const scene = sceneOf(settled(begun()), 'wide');
    expect(scene.packet).toMatchObject({ place: 'default/checkout', isBack: true });
    expect(scene.ways.back.line).not.toBe('');
  });
});

describe('a packet that does not arrive', () => {
  test('ends with a word at the bridge when hairpin mode is off', () => {
    const own =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: cart-1, labels: { app: cart } }\nspec: { nodeName: node-a, containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }\nstatus: { podIP: 10.244.1.9 }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { clusterIP: 10.96.0.50, selector: { app: cart }, ports: [{ port: 80, targetPort: 8080 }] }\n';
    const scene = sceneOf(settled(begun('hairpin: false', { objects: own, call: 'from: pod/cart-1\nto: service/cart' })), 'wide');
    expect(scene.losses.map(({ word }) => word)).toEqual(['no hairpin']);
    expect(scene.packet?.place).toBe('node-a bridge');
  });

  test('keeps its mark while an error goes back', () => {
    const state = settled(begun('listens: { cart-1: [], cart-2: [] }'));
    const scene = sceneOf(state, 'narrow');
    expect(scene.losses.map(({ word }) => word)).toEqual(['nobody listens']);
    expect(scene.ways.error.line).not.toBe('');
  });
});

test('a caller that is gone sends nothing, and the picture stands', () => {
  const state = settled(
    reduce(begun('', { objects: cartObjects(), call: 'from: pod/cart-1\nto: service/cart' }), { type: 'pod', pod: 'default/cart-1', change: 'deleted' }),
  );
  const scene = sceneOf(state, 'wide');
  expect(scene.packet).toBeUndefined();
  expect(scene.frames.map(({ machine }) => machine)).toEqual(['node-a', 'node-b']);
});

describe('the note about the Service', () => {
  test.each([
    ['a ClusterIP', call.call, /no network card has 10\.96\.0\.50/u],
    ['a node port', 'from: host/client\nto: node/node-b\nport: 30080', /nothing listens on port 30080/u],
  ])('%s', (_name, text, note) => {
    expect(serviceNote(begun('', { objects: cartObjects(), call: text }))).toMatch(note);
  });

  test('a pod: none', () => {
    expect(serviceNote(begun('', { objects: cartObjects(), call: 'from: pod/checkout\nto: pod/cart-2' }))).toBeUndefined();
  });
});
