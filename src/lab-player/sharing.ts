import { begin, extend, frameOf, framesMax, seek, type History } from './history.ts';
import { decodeFragment, encodeExperiment, experimentOf, linkLengthMax, readExperiment, type Experiment } from './link.ts';
import { playMoves, setUp } from './moves.ts';
import { startOf, type OpaqueLab, type OpaqueReader, type Start } from './opaque.ts';
import { readerOf } from './readers.ts';
import { showScenario } from './requests.ts';
import type { Runtime } from './runtime.ts';
import { namesOf, replaced } from './session-later.ts';
import { noticed, scenarioStart, type Notice } from './session.ts';
import { stateHash } from './state-hash.ts';

function say(runtime: Runtime, notice: Notice): void {
  runtime.change(noticed(notice));
}

/** A link to this moment of this experiment, in the clipboard. */
export async function copyLink(runtime: Runtime): Promise<void> {
  const { session } = runtime;
  const code = await encodeExperiment(experimentOf(namesOf(session), session.history, session.scenario.texts));
  const link = `${location.origin}${session.page.url}#x=${code}`;
  if (link.length > linkLengthMax) {
    say(runtime, {
      text: `This experiment is too long for a link (${link.length} characters). A file can carry it; open it from the list of keys (?).`,
      tone: 'plain',
      offersFile: true,
    });
    return;
  }
  try {
    await navigator.clipboard.writeText(link);
    say(runtime, { text: 'Link copied. It opens this experiment at this moment.', tone: 'plain' });
  } catch {
    say(runtime, { text: 'The browser does not let pages copy. Here is the link:', tone: 'plain', link });
  }
}

/** The experiment as a file. */
export function saveFile(runtime: Runtime): void {
  const { session } = runtime;
  const text = JSON.stringify(experimentOf(namesOf(session), session.history, session.scenario.texts), null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = Object.assign(document.createElement('a'), { href: url, download: `${session.page.lab}-${session.scenario.id}.json` });
  anchor.click();
  URL.revokeObjectURL(url);
}

/** Follows `#scenario=` and `#x=` in the address, on the lab's own page. */
export async function openFragment(runtime: Runtime): Promise<void> {
  if (runtime.session.page.layout !== 'full') return;
  const [, kind, rest = ''] = /^#(scenario|x)=(.*)$/s.exec(location.hash) ?? [];
  if (kind) runtime.host.scrollIntoView({ block: 'start' });
  // Back from a link to where the visit began.
  const { scenario, page } = runtime.session;
  if (location.hash === '' && scenario.id !== page.scenario.id) await showScenario(runtime, page.scenario.id);
  if (kind === 'scenario') {
    if (rest !== runtime.session.scenario.id && !(await showScenario(runtime, rest)))
      say(runtime, { text: 'The address names a scenario that this lab does not have.', tone: 'bad' });
    return;
  }
  if (kind !== 'x') return;
  const text = await decodeFragment(rest);
  if (text === undefined) say(runtime, { text: 'This link cannot be read; perhaps it was cut.', tone: 'bad' });
  else await openText(runtime, text);
}

/** Opens an experiment from a link or a file: checked as a whole, then played. */
async function openText(runtime: Runtime, text: string): Promise<void> {
  const { lab, page } = runtime.session;
  const read = readExperiment(
    text,
    lab,
    page.lab,
    page.scenarios.map(({ id }) => id),
  );
  if (!read.ok) say(runtime, { text: read.message, tone: 'bad' });
  else await openExperiment(runtime, read.experiment);
}

/** Opens an experiment from a file. */
export async function openFile(runtime: Runtime, file: Blob): Promise<void> {
  await openText(runtime, await file.text());
}

/** Reader and models are fetched only for an experiment in which something was changed. */
async function openExperiment(runtime: Runtime, experiment: Experiment): Promise<void> {
  const scenario = await showScenario(runtime, experiment.scenario);
  if (!scenario) return;
  const { moves, texts, seed } = experiment;
  if (!texts && seed === scenario.seed && moves.every((move) => 'run' in move)) {
    const { lab } = runtime.session;
    const whole = extend(lab, begin(lab, scenarioStart(scenario), 'first run'), framesMax);
    show(runtime, experiment, seek(whole, experiment.frame));
    return;
  }
  const needed = () => Promise.all([readerOf(runtime.session.page.lab), runtime.lab()]);
  await runtime.bring(needed, ([reader, lab]) => {
    const begun = setUp(reader, { ...scenario.texts, ...texts }, seed);
    if (begun.ok) play(runtime, { reader, lab }, experiment, startOf(lab, begun.setup));
    else say(runtime, { text: 'The texts of this experiment cannot be read any more.', tone: 'bad' });
  });
}

function play(runtime: Runtime, { reader, lab }: { readonly reader: OpaqueReader; readonly lab: OpaqueLab }, experiment: Experiment, start: Start): void {
  const played = playMoves(lab, reader, begin(lab, start, 'first run'), experiment.moves);
  show(runtime, experiment, seek(played.history, experiment.frame));
}

function show(runtime: Runtime, experiment: Experiment, history: History): void {
  runtime.change(replaced(history));
  if (history.at !== experiment.frame || stateHash(frameOf(history).state) !== experiment.hash) {
    say(runtime, { text: 'The model of this lab has changed since this link was made: the run is the same experiment, but not the same result.', tone: 'bad' });
  }
}
