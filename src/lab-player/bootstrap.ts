/**
 * The only code of a lab that a page loads at once. It loads the rest when the reader shows interest, keeps what is clicked or
 * typed meanwhile, and hands it over. Everything else is in `wake.tsx`.
 */
import './print.ts';
import { pageIdOf, scenarioLink, scenarioUrl, type PageScenario } from './page-scenario.ts';
import { shellHtml } from './shell.ts';
import type { Held } from './wake.tsx';

class LabPlayer extends HTMLElement {
  #started = false;
  #held: Held[] = [];

  /** On its own page a lab holds its data, but for a large first state. */
  get #isFull(): boolean {
    return this.querySelector('.full') !== null;
  }

  connectedCallback(): void {
    const shell = this.querySelector<HTMLElement>('[data-shell]');
    if (shell) shell.outerHTML = shellHtml(shell.dataset.shell ?? '', pageIdOf(this));
    // What can be asked in the picture is no stop for the Tab key where no script runs.
    for (const stop of this.querySelectorAll<HTMLElement>('.live [tabindex]')) stop.tabIndex = 0;
    const start = (): void => {
      this.#start();
    };
    for (const type of ['pointerover', 'focusin', 'touchstart']) this.addEventListener(type, start, { passive: true });
    // At the document: where an element listens for clicks, screen readers call all that it holds "clickable".
    for (const type of ['click', 'input', 'change']) document.addEventListener(type, this.#hold, true);
    const named = (): void => {
      if (this.#isFull && /^#(x|scenario)=/.test(location.hash)) this.#start();
    };
    addEventListener('hashchange', named);
    named();
  }

  /** Before the lab is awake a click waits, and a changed field is told later. */
  readonly #hold = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    const pressed = event.type === 'click' ? target.closest<HTMLElement>('button, [data-subject]') : target;
    if (!pressed || !this.contains(pressed)) return;
    this.#start();
    if (event.type === 'click') {
      event.preventDefault();
      event.stopPropagation();
    }
    // The field itself keeps a text, and the caret with it.
    if (target.localName === 'textarea') return;
    this.#held.push({ type: event.type, target: pressed, value: target.value, checked: target.checked });
  };

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.setAttribute('aria-busy', 'true');
    const { url, scenario } = scenarioLink(this);
    const address = this.#isFull ? this.dataset.data : scenarioUrl(url, scenario);
    const data = address === undefined ? undefined : fetchScenario(address);
    // Its failure is told by `wake`, which may come later.
    data?.catch(() => undefined);
    import('./wake.tsx')
      .then(({ wake }) => wake(this, { id: pageIdOf(this), url }, data))
      .then((replay) => {
        for (const type of ['click', 'input', 'change']) document.removeEventListener(type, this.#hold, true);
        this.removeAttribute('data-failed');
        replay(this.#held);
      })
      .catch((error: unknown) => {
        // Perhaps the network is away: the next touch tries again.
        this.#started = false;
        // A choice still stands there; a click would come as a surprise.
        this.#held = this.#held.filter(({ type }) => type !== 'click');
        this.setAttribute('data-failed', '');
        console.error(error);
      })
      .finally(() => {
        this.removeAttribute('aria-busy');
      });
  }
}

async function fetchScenario(url: string): Promise<PageScenario> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: status ${answer.status}`);
  return (await answer.json()) as PageScenario;
}

customElements.define('lab-player', LabPlayer);
