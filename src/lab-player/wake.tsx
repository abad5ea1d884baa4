import { hydrate, render } from 'preact';
import { LabFrame } from './components/frame.tsx';
import type { View } from './components/player.ts';
import { load } from './modules.ts';
import type { OpaqueLab, OpaqueReplay, OpaqueTelling } from './opaque.ts';
import type { PageLab, PageScenario } from './page-scenario.ts';
import { Runtime } from './runtime.ts';
import { openSession } from './session.ts';
import type { Surroundings } from './surroundings.ts';

// What is asked for here is what stands there: a machine, or a picture.
const parts = import.meta.glob<{ readonly default: unknown }>(['../../labs/*/{lab,replay,telling}.ts', '../../labs/*/view.tsx']);
const fetchInside = () => import('./components/inside.ts');

/** Something done before the code was there. */
export interface Held {
  readonly type: string;
  readonly target: HTMLElement;
  readonly value: string;
  readonly checked: boolean;
}

/** What begins the ids of a lab in its page, and the address of its own page: who wakes it knows both. */
export type Place = Pick<PageLab, 'id' | 'url'>;

/**
 * Makes a built lab live: the same components take over the same elements. `scenario` is on its way where the page does not hold it.
 * Gives back what plays the held clicks and texts.
 */
export async function wake(host: HTMLElement, place: Place, scenario: Promise<PageScenario> | undefined): Promise<(held: readonly Held[]) => void> {
  const [root, rest] = host.querySelectorAll('.lab-root');
  const { lab: id } = host.dataset;
  const full = host.querySelector('.full');
  if (!root || !rest || id === undefined) throw new Error('a lab without its data');
  const folder = `../../labs/${id}/`;
  const fetchLab = () => load(parts, `${folder}lab.ts`) as Promise<OpaqueLab>;
  const replayFile = `${folder}replay.ts`;
  const hasReplay = replayFile in parts;
  const tellingFile = `${folder}telling.ts`;
  const [page, lab, View, inside] = await Promise.all([
    pageOf(host, place, scenario),
    hasReplay ? load(parts, replayFile) : fetchLab(),
    load(parts, `${folder}view.tsx`) as Promise<View>,
    full ? fetchInside() : undefined,
  ]);
  const draw = (how: typeof render, player: Runtime): void => {
    const { session } = player;
    how(<LabFrame session={session} player={player} View={View} />, root);
    player.later?.drawRest(rest, { session, player });
  };
  const surroundings: Surroundings = {
    rest,
    draw: (self) => {
      draw(render, self);
    },
    lab: fetchLab,
    telling: () => (tellingFile in parts ? (load(parts, tellingFile) as Promise<OpaqueTelling>) : undefined),
    inside: fetchInside,
  };
  const early = typedIn(host);
  // As drafts they are drawn as they stand: setting a text would take the caret away from who is typing.
  const drafts = Object.fromEntries(early.map(({ target, value }) => [target.id.slice(`${page.id}-text-`.length), value]));
  const session = { ...openSession(lab as OpaqueReplay, page), drafts };
  // What such a replay leaves to `telling.ts` is there before anything asks for it: with `later.ts`.
  const runtime = new Runtime(host, session, surroundings, { inside, lab: hasReplay ? undefined : (lab as OpaqueLab) });
  // Beside a text the markup was made short (`slim`), so its attributes are compared too.
  draw(full ? hydrate : render, runtime);
  await runtime.begin();
  return (held) => {
    for (const item of [...early, ...held]) replay(item);
  };
}

/** The texts that the reader has changed, perhaps before anything listened. */
function typedIn(host: HTMLElement): readonly Held[] {
  return [...host.querySelectorAll('textarea')].flatMap((target) => {
    const { value } = target;
    return value === target.defaultValue ? [] : { type: 'input', target, value, checked: false };
  });
}

/** What the page says about its lab, with the scenario that was fetched. */
async function pageOf(host: HTMLElement, place: Place, fetched: Promise<PageScenario> | undefined): Promise<PageLab> {
  const whole = JSON.parse(host.querySelector('script[type="application/json"]')?.textContent ?? 'null') as PageLab | null;
  const scenario = await fetched;
  if (whole) return scenario ? { ...whole, scenario } : whole;
  if (!scenario) throw new Error('a lab without its data');
  return { ...namesOf(host, place), scenario, scenarios: [scenario] };
}

/** What the markup beside a text says. */
function namesOf(host: HTMLElement, place: Place): Pick<PageLab, 'id' | 'lab' | 'url' | 'layout' | 'heading'> {
  const name = host.querySelector(':is(h1, h2, h3, h4)');
  return {
    ...place,
    lab: host.dataset.lab ?? '',
    layout: host.querySelector('.compact') ? 'compact' : 'figure',
    heading: Number(name?.localName.slice(1)) as PageLab['heading'],
  };
}

/** Does again what the reader did before there was anybody to answer. */
function replay({ type, target, value, checked }: Held): void {
  const field = target as HTMLInputElement;
  // What file was chosen cannot be set again.
  if (field.type === 'file') return;
  if (field.type === 'radio' || field.type === 'checkbox') field.checked = checked;
  else if (field.value !== value) field.value = value;
  target.dispatchEvent(new (type === 'click' ? MouseEvent : Event)(type, { bubbles: true, cancelable: true }));
}
