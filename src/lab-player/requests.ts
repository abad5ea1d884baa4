import type { Comparison } from './compare.ts';
import { browserStorage, draftPrefix, loadDraft, saveDraft } from './drafts.ts';
import { extend, lastOf, restart } from './history.ts';
import { movesOf, playMoves, setUp } from './moves.ts';
import type { OpaqueLab, OpaqueReader } from './opaque.ts';
import { otherRun } from './other-run.ts';
import { scenarioUrl, type PageScenario } from './page-scenario.ts';
import { readerOf } from './readers.ts';
import type { Runtime } from './runtime.ts';
import { broughtBack, compared, edited, misread, namesOf, replaced, stored } from './session-later.ts';
import { noticed, openSession, scenarioStart, shown, textsOf } from './session.ts';
import { tooLarge } from './too-large.ts';

const storage = browserStorage();
/** Nothing to read: stands for the reader where no move is an edit. */
const noReader: OpaqueReader = { read: () => ({ ok: false, errors: [] }) };

/** Texts of an earlier visit can be brought back. */
export function offerStored(runtime: Runtime): void {
  const texts = loadDraft(storage, namesOf(runtime.session), runtime.session.scenario.texts);
  if (texts) runtime.set(stored(texts));
}

/** What is typed survives a reload; where the browser does not allow it, the page says so. */
export function save(runtime: Runtime): void {
  if (saveDraft(storage, namesOf(runtime.session), textsOf(runtime.session), runtime.session.scenario.texts)) return;
  void import('../reader/say-refused.ts').then(({ sayRefused }) => {
    sayRefused(draftPrefix);
  });
}

/** The texts of an earlier visit take effect, as if typed. */
export async function bringBack(runtime: Runtime): Promise<void> {
  runtime.change(broughtBack);
  await read(runtime);
}

/** The typed texts take effect, or say what is wrong with them. Edits with one `key` right after one another become one frame. */
export async function read(runtime: Runtime, key?: string): Promise<void> {
  const needed = () => Promise.all([readerOf(runtime.session.page.lab), runtime.lab()]);
  await runtime.bring(needed, ([reader, lab]) => {
    takeEffect(runtime, { reader, lab }, key);
  });
}

function takeEffect(runtime: Runtime, { reader, lab }: { readonly reader: OpaqueReader; readonly lab: OpaqueLab }, key: string | undefined): void {
  const texts = textsOf(runtime.session);
  const large = tooLarge(lab, texts);
  const result = large.length > 0 ? { ok: false as const, errors: large } : setUp(reader, texts, runtime.session.history.branch.start.seed);
  runtime.change(result.ok ? edited(lab, result.setup, key) : misread(result.errors));
  save(runtime);
}

/** Puts the caret at a place of a text. */
export function goTo(runtime: Runtime, part: string, { line, column }: { readonly line: number; readonly column: number }): void {
  runtime.change(shown({ part }));
  const area = runtime.host.querySelector<HTMLTextAreaElement>(`textarea[id$="-text-${CSS.escape(part)}"]`);
  if (!area) return;
  const lines = area.value.split('\n').slice(0, line - 1);
  const at = lines.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at);
}

export async function chooseScenario(runtime: Runtime, id: string): Promise<void> {
  history.replaceState(null, '', `#scenario=${id}`);
  await showScenario(runtime, id);
}

/** Whether a scenario is shown, with its own texts in it. */
export function isShown({ session: { scenario } }: Runtime, id: string): boolean {
  return scenario.id === id && scenario.listing === undefined;
}

/** Shows another scenario of this lab, as it stands at its start; undefined when there is none, or it cannot be fetched. */
export async function showScenario(runtime: Runtime, id: string): Promise<PageScenario | undefined> {
  const scenario = isShown(runtime, id) ? runtime.session.scenario : await fetchScenario(runtime, id);
  if (scenario) present(runtime, scenario);
  return scenario;
}

/** Begins anew with a scenario. */
export function present(runtime: Runtime, scenario: PageScenario): void {
  const { lab, page, show, speed, opened } = runtime.session;
  runtime.forget();
  runtime.set(() => ({ ...openSession(lab, page, scenario), show, speed, opened }));
  const badge = runtime.host.querySelector('[data-agreement]');
  if (badge && scenario.agreement !== undefined) badge.textContent = scenario.agreement;
  offerStored(runtime);
}

async function fetchScenario(runtime: Runtime, id: string): Promise<PageScenario | undefined> {
  const { page } = runtime.session;
  if (!page.scenarios.some((item) => item.id === id)) return undefined;
  if (id === page.scenario.id) return page.scenario;
  try {
    const answer = await fetch(scenarioUrl(page.url, id));
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return (await answer.json()) as PageScenario;
  } catch {
    const again = (): void => {
      runtime.set(noticed(undefined));
      void showScenario(runtime, id);
    };
    runtime.set(noticed({ text: 'This scenario could not be loaded. Is the network there?', tone: 'bad', again }));
    return undefined;
  }
}

/** Shows a run in which the scenario's own solution is played. */
export async function playSolution(runtime: Runtime, index: number): Promise<void> {
  const solution = runtime.session.scenario.solutions[index];
  if (!solution) return;
  const needed = () => Promise.all([readerOf(runtime.session.page.lab), runtime.lab()]);
  await runtime.bring(needed, ([reader, lab]) => {
    const { scenario, history: before } = runtime.session;
    const from = restart(lab, extend(lab, before, lastOf(before.branch)), scenarioStart(scenario), solution.title);
    runtime.change(replaced(playMoves(lab, reader, from, solution.moves).history));
  });
}

/** Puts another run beside the shown one, or takes it away. */
export async function compare(runtime: Runtime, comparison: Comparison | undefined): Promise<void> {
  if (!comparison) {
    runtime.change(compared(undefined, undefined));
    return;
  }
  const { branch } = runtime.session.history;
  const needsReader = movesOf(branch, lastOf(branch)).some((move) => 'edit' in move);
  const needed = () => Promise.all([needsReader ? readerOf(runtime.session.page.lab) : noReader, runtime.lab()]);
  await runtime.bring(needed, ([reader, lab]) => {
    runtime.change(compared(comparison, otherRun(lab, needsReader ? reader : undefined, runtime.session.history, comparison.other)));
  });
}

export async function copyText(runtime: Runtime, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    runtime.change(noticed({ text: 'Copied.', tone: 'plain' }));
  } catch {
    runtime.change(noticed({ text: 'The browser does not let pages copy. Select the text and copy it by hand.', tone: 'bad' }));
  }
}

/** The lab fills the screen, or no longer does. */
export function fullScreen(runtime: Runtime): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void runtime.host.requestFullscreen().catch(() => undefined);
}
