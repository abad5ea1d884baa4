import { begin, extend, frameOf, framesMax, seek, type History } from './history.ts';
import { decodeFragment, presentId, readExperiment } from './link-reading.ts';
import type { Experiment } from './link.ts';
import { playMoves, setUp } from './moves.ts';
import { startOf, type OpaqueLab, type OpaqueReader, type Start } from './opaque.ts';
import type { PageScenario } from './page-scenario.ts';
import { readerOf } from './readers.ts';
import { chooseScenario, present, showScenario } from './requests.ts';
import type { Runtime } from './runtime.ts';
import { replaced } from './session-later.ts';
import { noticed, scenarioStart, shown } from './session.ts';
import { stateHash } from './state-hash.ts';

const sayBad = (runtime: Runtime, text: string): void => {
  runtime.change(noticed({ text, tone: 'bad' }));
};

/** Opens the experiment of a link: what stands behind `#x=`. */
export async function openLink(runtime: Runtime, code: string): Promise<void> {
  const text = await decodeFragment(code);
  if (text === undefined) sayBad(runtime, 'This link cannot be read; perhaps it was cut.');
  else await openText(runtime, text);
}

/** Opens a scenario that this lab does not have: under the name that it has now, if it was renamed. */
export async function openFormer(runtime: Runtime, id: string): Promise<void> {
  const now = presentId(id, runtime.session.page.former);
  if (typeof now === 'string' && now !== id) await chooseScenario(runtime, now);
  else sayBad(runtime, 'The address names a scenario that this lab does not have.');
}

/** Opens an experiment from a link or a file: checked as a whole, then played. */
export async function openText(runtime: Runtime, text: string): Promise<void> {
  const { lab, page } = runtime.session;
  const read = readExperiment(
    text,
    lab,
    page.lab,
    page.scenarios.map(({ id }) => id),
    page.former,
  );
  if (!read.ok) sayBad(runtime, read.message);
  else await openExperiment(runtime, read.experiment);
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
    if (!begun.ok) {
      sayBad(runtime, 'The texts of this experiment cannot be read any more.');
      return;
    }
    const start = startOf(lab, begun.setup);
    if (experiment.listing !== undefined) present(runtime, ofListing(scenario, experiment.listing, start));
    play(runtime, { reader, lab }, experiment, start);
  });
}

/** A scenario that a listing begins: what the old one asks and explains is about other texts. */
function ofListing({ id, agreement }: PageScenario, listing: string, { texts, state, seed }: Start): PageScenario {
  return {
    id,
    listing,
    title: listing,
    kind: 'show',
    task: `\`${listing}\` as the chapter shows it. Run it, change it, and see what comes of it.`,
    texts,
    start: state,
    seed,
    goals: [],
    solutions: [],
    hints: [],
    commands: [],
    diagnoses: [],
    ...(agreement !== undefined && { agreement }),
  };
}

function play(runtime: Runtime, { reader, lab }: { readonly reader: OpaqueReader; readonly lab: OpaqueLab }, experiment: Experiment, start: Start): void {
  const played = playMoves(lab, reader, begin(lab, start, 'first run'), experiment.moves);
  show(runtime, experiment, seek(played.history, experiment.frame));
}

function show(runtime: Runtime, experiment: Experiment, history: History): void {
  runtime.change(replaced(history));
  if (experiment.part !== undefined) runtime.change(shown({ part: experiment.part }));
  if (history.at === experiment.frame && stateHash(frameOf(history).state) === experiment.hash) return;
  sayBad(runtime, 'The model of this lab has changed since this link was made: the run is the same experiment, but not the same result.');
}
