import type { Control, Player } from './components/player.ts';
import { Clock } from './clock.ts';
import { whenIdle } from './idle.ts';
import { pressed } from './keyboard.ts';
import { Models } from './models.ts';
import type { Deed, OpaqueLab } from './opaque.ts';
import { refocus } from './refocus.ts';
import { acted, foreseen, noticed, selected, shown, ticked, type Change, type Session } from './session.ts';
import type { Ready, Surroundings } from './surroundings.ts';

/** Code that only some readers need; fetched when the browser has nothing better to do, or at once when it is needed. */
const fetchLater = () => import('./later.ts');

/** A player that runs: it owns the session, and does what a pure function cannot: wait, fetch, draw. */
export class Runtime implements Player {
  session: Session;
  later: Player['later'] = undefined;
  inside: Player['inside'];
  /** Had the focus when "why?" was asked. */
  opener: Element | null = null;
  readonly host: HTMLElement;
  readonly #surroundings: Surroundings;
  readonly #clock: Clock;
  readonly #models: Models;
  #settled: Session;
  #foreseeing = false;

  constructor(host: HTMLElement, session: Session, surroundings: Surroundings, ready: Ready) {
    this.host = host;
    this.session = session;
    this.#settled = session;
    this.inside = ready.inside;
    this.#models = new Models(surroundings.lab, ready.lab);
    this.#surroundings = surroundings;
    this.#clock = new Clock(host, () => {
      this.change(ticked);
    });
  }

  /** After the first drawing: the rest comes, earlier texts are offered, a link in the address is followed. */
  async begin(): Promise<void> {
    this.host.addEventListener('keydown', (event) => {
      pressed(this, event);
    });
    // At the document: where an element listens for clicks, screen readers call all that it holds "clickable".
    document.addEventListener('click', ({ target }) => {
      const pressed = (target as Element).closest<HTMLElement>('button, [data-subject]');
      if (!pressed || !this.host.contains(pressed)) return;
      const asked = pressed.closest<HTMLElement>('.stage [data-subject]');
      if (asked) this.change(selected(asked.dataset.subject));
      // It cannot answer yet.
      else if (!this.later && this.#surroundings.rest.contains(pressed))
        void this.#bringLater(() => {
          pressed.click();
        });
    });
    addEventListener('hashchange', () => void this.#openFragment());
    whenIdle(() => {
      this.ask('offerStored');
    });
    this.#foresee();
    if (location.hash !== '') await this.#openFragment();
  }

  async #openFragment(): Promise<void> {
    await this.#bringLater(({ openFragment }) => openFragment(this));
  }

  async #bringLater(use?: (later: NonNullable<Player['later']>) => unknown): Promise<void> {
    const fetch = () => Promise.all([fetchLater(), this.#surroundings.telling()]);
    await this.bring(fetch, ([later, telling]) => {
      if (!this.later) {
        this.later = later;
        if (telling) this.session = { ...this.session, lab: { ...this.session.lab, ...telling } };
        this.#draw();
      }
      return use?.(later);
    });
  }

  #draw(): void {
    this.#surroundings.draw(this);
    if (!this.later) return;
    const before = this.#settled;
    this.#settled = this.session;
    this.later.settle(this, before);
  }

  readonly change = (change: Change): void => {
    const { queue } = this.#models;
    if (!queue) this.set(change);
    else {
      queue.push(() => {
        this.set(change);
      });
    }
  };

  readonly set = (change: Change): void => {
    const before = this.session;
    const after = change(before);
    if (after === before) return;
    this.session = after;
    const { activeElement } = document;
    const focused = this.host.contains(activeElement) ? activeElement : null;
    if (after.selected !== undefined && after.selected !== before.selected) this.opener = activeElement;
    if (!this.later && (after.selected !== undefined || after.showsKeys || after.show !== 'picture')) void this.#bringLater();
    this.#draw();
    if (focused && !this.host.contains(document.activeElement)) refocus(this.host, focused);
    this.#clock.follow(after);
    if (after.history.at !== before.history.at || after.history.branch.id !== before.history.branch.id) this.foretell();
    if ((after.showsReal && !before.showsReal) || (after.opened && !before.opened)) void this.#open();
    this.#foresee();
  };

  async #open(): Promise<void> {
    await this.bring(this.#surroundings.inside, (inside) => {
      this.inside = inside;
      this.#draw();
      inside.intoSight(this.host, this.session);
    });
  }

  /** The rest of the future, between two frames of the screen. */
  #foresee(): void {
    if (this.#foreseeing || this.session.history.branch.end !== 'open') return;
    this.#foreseeing = true;
    setTimeout(() => {
      this.#foreseeing = false;
      this.set(foreseen);
    }, 0);
  }

  /** The lab with its models, fetched once. */
  lab(): Promise<OpaqueLab> {
    return this.#models.load();
  }

  readonly foretell = (): void => {
    this.#models.foretell();
  };

  /** Does something with what must be fetched first. When that fails, says so once and lets the reader try again. */
  async bring<Loaded>(fetch: () => Promise<Loaded>, use: (loaded: Loaded) => unknown): Promise<void> {
    let loaded: Loaded;
    try {
      loaded = await fetch();
    } catch {
      const again = (): void => {
        this.set(noticed(undefined));
        void this.bring(fetch, use);
      };
      this.set(noticed({ text: 'Part of this lab could not be loaded. Is the network there?', tone: 'bad', again }));
      return;
    }
    await use(loaded);
  }

  readonly ask: Player['ask'] = (name, ...rest) => {
    void this.#bringLater((later) => {
      const request = later[name] as (runtime: this, ...values: typeof rest) => unknown;
      return request(this, ...rest);
    });
  };

  readonly act = (deed: Deed, control?: Control): void => {
    const models = this.#models;
    const task = (): void => {
      const { lab } = models;
      if (lab) this.set((session) => acted(lab, deed)(control ? control.done(session) : session));
    };
    if (models.lab && !models.queue) {
      task();
      return;
    }
    if (control) this.set(control.waiting);
    if (models.queue) models.queue.push(task);
    else void this.#wait([task]);
  };

  /** Keeps what the reader does, in order, until the models are there. */
  async #wait(queue: (() => void)[]): Promise<void> {
    const fetch = async (): Promise<void> => {
      this.#models.queue = queue;
      this.#busy(true);
      try {
        await this.lab();
      } finally {
        if (this.#models.queue === queue) this.forget();
      }
    };
    await this.bring(fetch, () => {
      for (const task of queue.splice(0)) task();
    });
  }

  /** What waits for the models belongs to a run that is not shown any more. */
  forget(): void {
    if (!this.#models.queue) return;
    this.#models.queue = undefined;
    this.#busy(false);
  }

  #busy(isBusy: boolean): void {
    this.host.ariaBusy = isBusy ? 'true' : null;
    this.set(shown({ waits: isBusy }));
  }
}
