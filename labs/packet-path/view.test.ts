import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { reduce, start } from './acts.ts';
import { explain } from './explain.ts';
import type { State } from './state.ts';
import { cartObjects, inputOf, settled } from './testing.ts';
import { stretchesOf } from './view-stretches.ts';
import View from './view.tsx';
import { visitOf } from './way.ts';

const nothing = (): void => undefined;
const draw = (state: State, selected?: string): string => renderToString(h(View, { state, selected, select: nothing, act: nothing }));
const text = (html: string): string =>
  html
    .replaceAll('<wbr/>', '')
    .replace(/<[^>]+>/gu, ' ')
    .replace(/\s+/gu, ' ');
const begun = (network = ''): State => start(inputOf({ objects: cartObjects(), network, call: 'from: pod/checkout\nto: service/cart' }), 1);

function after(state: State, steps: number): State {
  return steps === 0 ? state : after(reduce(state, { type: 'advance' }), steps - 1);
}

/** Position after the step that rewrites the destination. */
const rewriting = 4;

describe('the view', () => {
  test('says at the start that nothing is sent', () => {
    expect(draw(begun())).toContain('Nothing is sent yet');
  });

  test('marks the field that a rule changed, old struck and new beside it', () => {
    expect(draw(after(begun(), rewriting))).toMatch(/class="changed"[^]*?Destination[^]*?<s>10\.96\.0\.50:<wbr\/>80<\/s>[^]*?10\.244\.\d\.\d:<wbr\/>8080/u);
  });

  test('a tunnel changes nothing: the packet is inside, not struck', () => {
    let state = begun('podNetwork: vxlan');
    while (state.sending.steps[state.sending.shown - 1]?.kind !== 'wrap') state = reduce(state, { type: 'advance' });
    expect(draw(state)).toContain('class="changed"');
    expect(draw(state)).not.toContain('<s>');
  });

  test('tells every rule of the visit once, in order, those without effect folded', () => {
    const state = after(begun(), rewriting);
    const { sending } = state;
    const step = sending.steps[rewriting - 1];
    const tried = (step && visitOf(sending, step)?.tried) ?? [];
    const told = stretchesOf(tried).flatMap((stretch) => (stretch.kind === 'shown' ? [stretch.walked] : stretch.walked));
    expect(told.map(({ place }) => place)).toEqual(tried.map((_, place) => place));
    expect(text(draw(state))).toMatch(/drew 0\.\d\d/u);
  });

  test('a route decision shows the routes that were compared, and the one that was taken', () => {
    expect(text(draw(after(begun(), 2)))).toMatch(/✓ taken default 10\.244\.1\.1 eth0/u);
  });

  test('conntrack: what a visit remembers is said', () => {
    expect(text(draw(after(begun(), 7)))).toMatch(/Remembered\. node-a now knows this connection/u);
  });

  test('tcpdump shows what the device has printed by now, no more', () => {
    const state = after(begun(), 3);
    const [, subject = ''] = /data-subject="(device:default\/checkout\/[^"]*)"/u.exec(draw(state).slice(draw(state).indexOf('class="dump"'))) ?? [];
    expect(explain(state, subject)?.steps?.filter((line) => line.startsWith('IP '))).toEqual([
      'IP 10.244.1.5.40003 > 10.96.0.50.80: Flags [S], options [mss 1460], length 0',
    ]);
  });

  test('has no style attribute and no id', () => {
    expect(draw(settled(begun('podNetwork: vxlan')))).not.toMatch(/ (?:style|id)="/u);
  });
});

test.each(['', 'podNetwork: vxlan', 'proxyMode: nftables', 'proxyMode: ipvs'])(
  'everything that can be asked about is explained, in every hop (%s)',
  (network) => {
    for (let state = begun(network); ; state = reduce(state, { type: 'advance' })) {
      const subjects = new Set([...draw(state).matchAll(/data-subject="([^"]*)"/gu)].map(([, subject = '']) => subject));
      for (const subject of subjects) expect(explain(state, subject), subject).toBeDefined();
      if (state.sending.shown >= state.sending.steps.length) break;
    }
  },
);

test('what is asked about is marked', () => {
  expect(draw(settled(begun()), 'pod:default/checkout')).toMatch(/data-subject="pod:default\/checkout" aria-pressed(?:="true")?/u);
});
