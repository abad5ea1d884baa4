import { hydrate, render } from 'preact';
import type { AnyLab, AnyReader, Replay } from '../../labs/lab.ts';
import { LabFrame } from './components/frame.tsx';
import type { View } from './components/player.ts';
import type { OpaqueLab, OpaqueReplay } from './opaque.ts';
import { pageIdOf, scenarioLink, type PageLab, type PageScenario } from './page-scenario.ts';
import { Runtime } from './runtime.ts';
import { openSession } from './session.ts';

interface Module<Default> {
  readonly default: Default;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- As `AnyLab`: states are opaque here.
const replays = import.meta.glob<Module<Replay<string, any, any>>>('../../labs/*/replay.ts');
const labs = import.meta.glob<Module<AnyLab>>('../../labs/*/lab.ts');
const views = import.meta.glob<Module<View>>('../../labs/*/view.tsx');
const readers = import.meta.glob<Module<AnyReader>>('../../labs/*/read.ts');
const fetchInside = () => import('./components/inside.ts');

/** Something done before the code was there. */
export interface Held {
  readonly type: string;
  readonly target: HTMLElement;
  readonly value: string;
  readonly checked: boolean;
}

/**
 * Makes a built lab live: the same components take over the same elements. `scenario` is on its way where the page does not hold it.
 * Gives back what plays the held clicks and texts.
 */
export async function wake(host: HTMLElement, scenario: Promise<PageScenario> | undefined): Promise<(held: readonly Held[]) => void> {
  const root = host.querySelector('.lab-root');
  const { lab: id } = host.dataset;
  if (!root || id === undefined) throw new Error('a lab without its frame');
  const folder = `../../labs/${id}`;
  const fetchLab = (): Promise<AnyLab> => load(labs, `${folder}/lab.ts`);
  const hasReplay = `${folder}/replay.ts` in replays;
  const [page, lab, View, inside] = await Promise.all([
    pageOf(host, scenario),
    hasReplay ? load(replays, `${folder}/replay.ts`) : fetchLab(),
    load(views, `${folder}/view.tsx`),
    scenario ? undefined : fetchInside(),
  ]);
  const draw = (how: typeof render, runtime: Runtime): void => {
    how(<LabFrame session={runtime.session} player={runtime} View={View} />, root);
  };
  const session = openSession(lab as OpaqueReplay, page);
  const surroundings = {
    draw: (self: Runtime) => {
      draw(render, self);
    },
    reader: () => load(readers, `${folder}/read.ts`),
    lab: fetchLab as () => Promise<OpaqueLab>,
    inside: fetchInside,
  };
  const runtime = new Runtime(host, session, surroundings, { inside, lab: hasReplay ? undefined : (lab as OpaqueLab) });
  // Beside a text the markup was made short (`slim`), so its attributes are compared too.
  draw(scenario ? render : hydrate, runtime);
  await runtime.begin();
  return (held) => {
    for (const item of held) replay(item);
  };
}

/** What the page says about its lab, with the scenario that was fetched. */
async function pageOf(host: HTMLElement, fetched: Promise<PageScenario> | undefined): Promise<PageLab> {
  const whole = JSON.parse(host.querySelector('script[type="application/json"]')?.textContent ?? 'null') as PageLab | null;
  if (whole) return whole;
  const scenario = await fetched;
  if (!scenario) throw new Error('a lab without its data');
  const { id, title, kind } = scenario;
  return { ...namesOf(host), scenario, scenarios: [{ id, title, kind }] };
}

/** What the markup beside a text says. */
function namesOf(host: HTMLElement): Pick<PageLab, 'id' | 'lab' | 'url' | 'layout' | 'heading'> {
  const name = host.querySelector(':is(h1, h2, h3, h4)');
  return {
    id: pageIdOf(host),
    lab: host.dataset.lab ?? '',
    url: scenarioLink(host).url,
    layout: host.querySelector('.compact') ? 'compact' : 'figure',
    heading: Number(name?.localName.slice(1)) as PageLab['heading'],
  };
}

async function load<Default>(modules: Readonly<Record<string, () => Promise<Module<Default>>>>, path: string): Promise<Default> {
  const found = modules[path];
  if (!found) throw new Error(`${path} is not part of this build`);
  return (await found()).default;
}

/** Does again what the reader did before there was anybody to answer. */
function replay({ type, target, value, checked }: Held): void {
  if (type === 'click') {
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    return;
  }
  if (target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')) target.checked = checked;
  else if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    if (target instanceof HTMLInputElement && target.type === 'file') return;
    if (target.value !== value) target.value = value;
  }
  target.dispatchEvent(new Event(type, { bubbles: true }));
}
