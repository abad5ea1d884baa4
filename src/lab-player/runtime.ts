import type { Player } from './components/player.ts';
import type { Other } from './compare.ts';
import { Clock } from './clock.ts';
import type { Deed, OpaqueLab, OpaqueReader, Texts } from './opaque.ts';
import { acted, drafted, fieldDone, fieldTyped, foreseen, noticed, shown, ticked, type Change, type Session } from './session.ts';
import { pressed } from './keyboard.ts';
import { Models } from './models.ts';
import { Progress } from './progress.ts';
import { refocus, showInputs, showPanel, showReal } from './refocus.ts';
import { Speaker } from './speaker.ts';
import type { Ready, Surroundings } from './surroundings.ts';

/** Reading waits until typing pauses for so long. */
const typingPauseMs = 250;
/** The first picture comes first. */
const laterMs = 300;

/** Code that only some readers need; fetched when the browser has nothing better to do, or at once when it is needed. */
type Later = typeof import('./later.ts');
const later = (): Promise<Later> => import('./later.ts');
const fetchPanels = () => import('./components/panels.ts');

/** A player that runs: it owns the session, and does what a pure function cannot: wait, read later, store, copy, speak. */
export class Runtime implements Player {
  session: Session;
  panels: Player['panels'] = undefined;
  inside: Player['inside'];
  readonly host: HTMLElement;
  readonly #surroundings: Surroundings;
  readonly #clock: Clock;
  readonly #speaker: Speaker;
  readonly #progress: Progress;
  readonly #models: Models;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #foreseeing = false;
  #opener: Element | null = null;

  constructor(host: HTMLElement, session: Session, surroundings: Surroundings, ready: Ready) {
    this.host = host;
    this.session = session;
    this.inside = ready.inside;
    this.#models = new Models(surroundings.lab, ready.lab);
    this.#surroundings = surroundings;
    this.#speaker = new Speaker(host);
    this.#progress = new Progress(host);
    this.#clock = new Clock(host, () => {
      this.change(ticked);
    });
  }

  /** After the first drawing: earlier texts are offered, a link in the address is followed. */
  async begin(): Promise<void> {
    this.host.addEventListener('keydown', (event) => {
      pressed(this, event);
    });
    addEventListener('hashchange', () => void this.#openFragment());
    setTimeout(() => {
      void this.bring(later, ({ offerStored }) => {
        offerStored(this);
      });
      void this.#fetchPanels();
    }, laterMs);
    this.#foresee();
    if (location.hash !== '') await this.#openFragment();
  }

  async #openFragment(): Promise<void> {
    await this.bring(later, ({ openFragment }) => openFragment(this));
  }

  /** Asked for too early, they come as soon as they can. */
  async #fetchPanels(): Promise<void> {
    if (this.panels) return;
    await this.bring(fetchPanels, (panels) => {
      this.panels = panels;
      this.#surroundings.draw(this);
      if (this.session.selected !== undefined) this.#asked(true);
    });
  }

  async #fetchInside(): Promise<void> {
    if (this.inside) return;
    await this.bring(this.#surroundings.inside, (inside) => {
      this.inside = inside;
      this.#surroundings.draw(this);
      this.#opened();
    });
  }

  names(): { readonly lab: string; readonly scenario: string } {
    return { lab: this.session.page.lab, scenario: this.session.scenario.id };
  }

  /** What comes while an act waits for the models takes its place behind it. */
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
    if (after.selected !== undefined && before.selected === undefined) this.#opener = document.activeElement;
    if (after.selected !== undefined || after.showsKeys || after.show !== 'picture') void this.#fetchPanels();
    if (after.opened) void this.#fetchInside();
    const focused = this.host.contains(document.activeElement) ? document.activeElement : null;
    this.#surroundings.draw(this);
    if (focused && !this.host.contains(document.activeElement)) refocus(this.host, focused);
    this.#clock.follow(after);
    if (after.history !== before.history) this.#moved(before);
    if (after.selected !== before.selected) this.#asked(before.selected === undefined);
    if ((after.showsReal && !before.showsReal) || (after.opened && !before.opened)) this.#opened();
    this.#foresee();
  };

  /** What the reader asked for comes into sight. */
  #opened(): void {
    if (this.session.showsReal) showReal(this.host);
    else showInputs(this.host);
  }

  #moved(before: Session): void {
    const { history } = this.session;
    if (history.at !== before.history.at || history.branch.id !== before.history.branch.id) {
      this.#speaker.tell(this.session);
      this.#models.foretell();
    }
    for (const list of this.host.querySelectorAll('.events .window')) list.scrollTop = list.scrollHeight;
    this.#progress.tell(this.session);
  }

  /** The panel that answers "why?" gets the focus, and gives it back when it closes. */
  #asked(isNew: boolean): void {
    showPanel(this.host, this.#opener, isNew);
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
      this.set(noticed({ text: 'A part of this lab could not be loaded. Is the network there?', tone: 'bad', again }));
      return;
    }
    await use(loaded);
  }

  readonly act = (deed: Deed, field?: { readonly offer: string; readonly value: string }): void => {
    const models = this.#models;
    const task = (): void => {
      const { lab } = models;
      const done: Change = field ? fieldDone(field.offer) : (session) => session;
      if (lab) this.set((session) => done(acted(lab, deed)(session)));
    };
    if (models.lab && !models.queue) {
      task();
      return;
    }
    if (field) this.set(fieldTyped(field.offer, field.value));
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

  readonly filled = (offer: string, text: string): void => {
    this.set(fieldTyped(offer, text));
    this.#models.foretell();
  };

  readonly typed = (part: string, text: string): void => {
    this.set(drafted(part, text));
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#read(`text-${part}`), typingPauseMs);
    this.#later(({ save }) => {
      save(this);
    });
  };

  readonly putTexts = (texts: Texts): void => {
    for (const [part, text] of Object.entries(texts)) this.set(drafted(part, text));
    void this.#read();
  };

  async #read(key?: string): Promise<void> {
    const all = () => Promise.all([this.reader(), this.lab(), later()]);
    await this.bring(all, ([reader, lab, { read }]) => {
      read(this, { reader, lab }, key);
    });
  }

  reader(): Promise<OpaqueReader> {
    return this.#surroundings.reader();
  }

  #later(use: (loaded: Later) => unknown): void {
    void this.bring(later, use);
  }

  readonly goTo = (part: string, line: number, column: number): void => {
    this.#later(({ goTo }) => {
      goTo(this, part, { line, column });
    });
  };

  readonly chooseScenario = (id: string): void => {
    this.#later(({ chooseScenario }) => chooseScenario(this, id));
  };

  readonly playSolution = (index: number): void => {
    this.#later(({ playSolution }) => playSolution(this, index));
  };

  readonly compare = (other: Other | undefined): void => {
    this.#later(({ compare }) => compare(this, other));
  };

  readonly copyLink = (): void => {
    this.#later(({ copyLink }) => copyLink(this));
  };

  readonly copyText = (text: string): void => {
    this.#later(({ copyText }) => copyText(this, text));
  };

  readonly saveFile = (): void => {
    this.#later(({ saveFile }) => {
      saveFile(this);
    });
  };

  readonly openFile = (file: Blob): void => {
    this.#later(({ openFile }) => openFile(this, file));
  };

  readonly fullScreen = (): void => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.host.requestFullscreen().catch(() => undefined);
  };
}
