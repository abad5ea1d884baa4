import type { Player } from './components/player.ts';
import type { Other } from './compare.ts';
import { browserStorage, loadDraft, saveDraft } from './drafts.ts';
import { extend, isOver, lastOf, restart } from './history.ts';
import { Clock } from './clock.ts';
import type { Deed, OpaqueReader, Texts } from './opaque.ts';
import { scenarioUrl, type PageScenario } from './page-scenario.ts';
import {
  acted,
  drafted,
  foreseen,
  misread,
  noticed,
  openSession,
  outcomeOf,
  replaced,
  selected,
  setupOf,
  shown,
  stored,
  textsOf,
  ticked,
  type Change,
  type Session,
} from './session.ts';
import { pressed } from './keyboard.ts';
import { refocus } from './refocus.ts';
import { Speaker } from './speaker.ts';

export interface Surroundings {
  readonly draw: (runtime: Runtime) => void;
  readonly reader: () => Promise<OpaqueReader>;
}

/** Reading waits until typing pauses for so long. */
const typingPauseMs = 250;
/** The first picture comes first. */
const laterMs = 300;

/** Code that only some readers need; fetched when the browser has nothing better to do, or at once when it is needed. */
const later = () => import('./later.ts');
const fetchPanels = () => import('./components/panels.ts');

/** A player that runs: it owns the session, and does what a pure function cannot: wait, read later, store, copy, speak. */
export class Runtime implements Player {
  session: Session;
  panels: Player['panels'] = undefined;
  readonly host: HTMLElement;
  readonly #surroundings: Surroundings;
  readonly #storage = browserStorage();
  readonly #clock: Clock;
  readonly #speaker: Speaker;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #foreseeing = false;
  #opener: Element | null = null;
  #reported = '';

  constructor(host: HTMLElement, session: Session, surroundings: Surroundings) {
    this.host = host;
    this.session = session;
    this.#surroundings = surroundings;
    this.#speaker = new Speaker(host);
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
      void later();
      void this.#fetchPanels();
    }, laterMs);
    this.#offerStored();
    this.#foresee();
    if (location.hash !== '') await this.#openFragment();
  }

  async #openFragment(): Promise<void> {
    await (await later()).openFragment(this);
  }

  /** Asked for before they are there, the panels come as soon as they can. */
  async #fetchPanels(): Promise<void> {
    if (this.panels) return;
    this.panels = await fetchPanels();
    this.#surroundings.draw(this);
    if (this.session.selected !== undefined) this.#asked(true);
  }

  #offerStored(): void {
    const texts = loadDraft(this.#storage, this.names(), this.session.scenario.texts);
    if (texts) this.change(stored(texts));
  }

  names(): { readonly lab: string; readonly scenario: string } {
    return { lab: this.session.page.lab, scenario: this.session.scenario.id };
  }

  readonly change = (change: Change): void => {
    const before = this.session;
    const after = change(before);
    if (after === before) return;
    this.session = after;
    if (after.selected !== undefined && before.selected === undefined) this.#opener = document.activeElement;
    if (after.selected !== undefined || after.showsKeys || after.show !== 'picture') void this.#fetchPanels();
    const focused = this.host.contains(document.activeElement) ? document.activeElement : null;
    this.#surroundings.draw(this);
    if (focused && !this.host.contains(document.activeElement)) refocus(this.host, focused);
    this.#clock.follow(after);
    if (after.history !== before.history) this.#moved(before);
    if (after.selected !== before.selected) this.#asked(before.selected === undefined);
    this.#foresee();
  };

  #moved(before: Session): void {
    const { history } = this.session;
    if (history.at !== before.history.at || history.branch.id !== before.history.branch.id) this.#speaker.tell(this.session);
    for (const list of this.host.querySelectorAll('.events .window')) list.scrollTop = list.scrollHeight;
    this.#report();
  }

  /** The panel that answers "why?" gets the focus, and gives it back when it closes. */
  #asked(isNew: boolean): void {
    const panel = this.host.querySelector<HTMLElement>('.why-panel');
    if (!panel) {
      if (this.#opener instanceof HTMLElement || this.#opener instanceof SVGElement) this.#opener.focus({ preventScroll: true });
      return;
    }
    panel.scrollIntoView({ block: 'nearest' });
    if (isNew) panel.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
  }

  /** Tells the page when a run was watched to its end, or a challenge solved: for the reader's progress. */
  #report(): void {
    if (!isOver(this.session.history)) return;
    const { solved } = outcomeOf(this.session);
    const key = `${this.session.scenario.id} ${solved}`;
    if (key === this.#reported) return;
    this.#reported = key;
    this.host.dispatchEvent(new CustomEvent('lab-progress', { bubbles: true, detail: { ...this.names(), kind: this.session.scenario.kind, solved } }));
  }

  /** The rest of the future, between two frames of the screen. */
  #foresee(): void {
    if (this.#foreseeing || this.session.history.branch.end !== 'open') return;
    this.#foreseeing = true;
    setTimeout(() => {
      this.#foreseeing = false;
      this.change(foreseen);
    }, 0);
  }

  readonly act = (deed: Deed): void => {
    this.change(acted(deed));
  };

  readonly typed = (part: string, text: string): void => {
    this.change(drafted(part, text));
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#read(`text-${part}`), typingPauseMs);
    this.#save();
  };

  readonly putTexts = (texts: Texts): void => {
    for (const [part, text] of Object.entries(texts)) this.change(drafted(part, text));
    void this.#read();
  };

  async #read(key?: string): Promise<void> {
    const [reader, { setUp, edited, tooLarge }] = await Promise.all([this.reader(), later()]);
    const texts = textsOf(this.session);
    const large = tooLarge(this.session.lab, texts);
    const read = large.length > 0 ? { ok: false as const, errors: large } : setUp(reader, texts, this.session.history.branch.setup.seed);
    this.change(read.ok ? edited(read.setup, key) : misread(read.errors));
    this.#save();
  }

  #save(): void {
    saveDraft(this.#storage, this.names(), textsOf(this.session), this.session.scenario.texts);
  }

  reader(): Promise<OpaqueReader> {
    return this.#surroundings.reader();
  }

  readonly goTo = (part: string, line: number, column: number): void => {
    this.change(shown({ part }));
    const area = this.host.querySelector<HTMLTextAreaElement>(`textarea[id$="-text-${CSS.escape(part)}"]`);
    if (!area) return;
    const lines = area.value.split('\n').slice(0, line - 1);
    const at = lines.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    area.focus();
    area.setSelectionRange(at, at);
  };

  readonly chooseScenario = (id: string): void => {
    history.replaceState(null, '', `#scenario=${id}`);
    void this.showScenario(id);
  };

  /** Shows another scenario of this lab, as it stands at its start. */
  async showScenario(id: string): Promise<PageScenario | undefined> {
    const scenario = id === this.session.scenario.id ? this.session.scenario : await this.#fetch(id);
    if (!scenario) return undefined;
    const { lab, page, show, speed } = this.session;
    this.change(() => ({ ...openSession(lab, page, scenario), show, speed }));
    this.#offerStored();
    return scenario;
  }

  async #fetch(id: string): Promise<PageScenario | undefined> {
    const { page } = this.session;
    if (!page.scenarios.some((item) => item.id === id)) return undefined;
    if (id === page.scenario.id) return page.scenario;
    try {
      const answer = await fetch(scenarioUrl(page.url, id));
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return (await answer.json()) as PageScenario;
    } catch {
      this.change(noticed({ text: 'This scenario could not be loaded. Is the network there?', tone: 'bad' }));
      return undefined;
    }
  }

  readonly playSolution = (index: number): void => void this.#playSolution(index);

  async #playSolution(index: number): Promise<void> {
    const { lab, scenario, history } = this.session;
    const solution = scenario.solutions[index];
    if (!solution) return;
    const [reader, { playMoves }] = await Promise.all([this.reader(), later()]);
    const from = restart(lab, extend(lab, history, lastOf(history.branch)), setupOf(scenario), solution.title);
    const played = playMoves(lab, reader, from, solution.moves);
    this.change(replaced(played.history));
  }

  readonly compare = (other: Other | undefined): void => void this.#compare(other);

  async #compare(other: Other | undefined): Promise<void> {
    const { compared, movesOf, otherRun } = await later();
    const { lab, history } = this.session;
    if (!other) {
      this.change(compared(undefined, undefined));
      return;
    }
    const needsReader = movesOf(history.branch, lastOf(history.branch)).some((move) => 'edit' in move);
    const reader = needsReader ? await this.reader() : undefined;
    this.change(compared(other, otherRun(lab, reader, history, other)));
  }

  readonly copyLink = (): void => void later().then(({ copyLink }) => copyLink(this));

  readonly copyText = (text: string): void => {
    void navigator.clipboard.writeText(text).then(
      () => {
        this.change(noticed({ text: 'Copied.', tone: 'plain' }));
      },
      () => {
        this.change(noticed({ text: 'The browser does not let pages copy. Select the text and copy it by hand.', tone: 'bad' }));
      },
    );
  };

  readonly saveFile = (): void => {
    void later().then(({ saveFile }) => {
      saveFile(this);
    });
  };

  readonly openFile = (file: Blob): void => {
    void Promise.all([file.text(), later()]).then(([text, { openText }]) => openText(this, text));
  };

  readonly fullScreen = (): void => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.host.requestFullscreen().catch(() => undefined);
  };

  /** Closes what is open: the answer to "why?", a message, the keys. */
  close(): void {
    const { session } = this;
    if (session.selected !== undefined) this.change(selected(undefined));
    else if (session.notice) this.change(noticed(undefined));
    else if (session.showsKeys) this.change(shown({ showsKeys: false }));
  }
}
