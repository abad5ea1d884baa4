import { LabFrame } from './components/frame.tsx';
import type { View } from './components/player.ts';
import type { AnyLab, AnyReader } from '../../labs/lab.ts';
import type { OpaqueLab } from './opaque.ts';
import type { PageLab } from './page-scenario.ts';
import { hydrate, render } from 'preact';
import { Runtime } from './runtime.ts';
import { openSession } from './session.ts';

const labs = import.meta.glob<{ readonly default: AnyLab }>('../../labs/*/lab.ts');
const views = import.meta.glob<{ readonly default: View }>('../../labs/*/view.tsx');
const readers = import.meta.glob<{ readonly default: AnyReader }>('../../labs/*/read.ts');

/** Something done before the code was there. */
export interface Held {
  readonly type: string;
  readonly target: HTMLElement;
  readonly value: string;
  readonly checked: boolean;
}

/** Makes a built lab live: the same components take over the same elements. Gives back what plays the held clicks and texts. */
export async function wake(host: HTMLElement): Promise<(held: readonly Held[]) => void> {
  const root = host.querySelector('.lab-root');
  const page = JSON.parse(host.querySelector('script[type="application/json"]')?.textContent ?? 'null') as PageLab | null;
  if (!root || !page) throw new Error('a lab without its data');
  const folder = `../../labs/${page.lab}`;
  const [lab, view] = await Promise.all([load(labs, `${folder}/lab.ts`), load(views, `${folder}/view.tsx`)]);
  const draw = (how: typeof render, runtime: Runtime): void => {
    how(<LabFrame session={runtime.session} player={runtime} View={view.default} />, root);
  };
  const runtime = new Runtime(host, openSession(lab.default as OpaqueLab, page), {
    draw: (self) => {
      draw(render, self);
    },
    reader: async () => (await load(readers, `${folder}/read.ts`)).default,
  });
  draw(hydrate, runtime);
  await runtime.begin();
  return (held) => {
    for (const item of held) replay(item);
  };
}

function load<Module>(modules: Readonly<Record<string, () => Promise<Module>>>, path: string): Promise<Module> {
  const found = modules[path];
  return found ? found() : Promise.reject(new Error(`${path} is not part of this build`));
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
