import { seek } from './history.ts';
import { decodeFragment, encodeExperiment, experimentOf, linkLengthMax, readExperiment, type Experiment } from './link.ts';
import { beginWhole, playMoves, setUp } from './moves.ts';
import { frameOf } from './history.ts';
import type { Runtime } from './runtime.ts';
import { noticed, replaced, type Notice } from './session.ts';
import { stateHash } from './state-hash.ts';

function say(runtime: Runtime, notice: Notice): void {
  runtime.change(noticed(notice));
}

/** A link to this moment of this experiment, in the clipboard. */
export async function copyLink(runtime: Runtime): Promise<void> {
  const { session } = runtime;
  const code = await encodeExperiment(experimentOf(runtime.names(), session.history, session.scenario.texts));
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
  const text = JSON.stringify(experimentOf(runtime.names(), session.history, session.scenario.texts), null, 2);
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
  if (kind === 'scenario') {
    if (rest !== runtime.session.scenario.id && !(await runtime.showScenario(rest)))
      say(runtime, { text: 'The address names a scenario that this lab does not have.', tone: 'bad' });
    return;
  }
  if (kind !== 'x') return;
  const text = await decodeFragment(rest);
  if (text === undefined) say(runtime, { text: 'This link cannot be read; perhaps it was cut.', tone: 'bad' });
  else await openText(runtime, text);
}

/** Opens an experiment from a link or a file: checked as a whole, then played. */
export async function openText(runtime: Runtime, text: string): Promise<void> {
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

async function openExperiment(runtime: Runtime, experiment: Experiment): Promise<void> {
  const scenario = await runtime.showScenario(experiment.scenario);
  if (!scenario) return;
  const reader = await runtime.reader();
  const begun = setUp(reader, { ...scenario.texts, ...experiment.texts }, experiment.seed);
  if (!begun.ok) {
    say(runtime, { text: 'The texts of this experiment cannot be read any more.', tone: 'bad' });
    return;
  }
  const { lab } = runtime.session;
  const played = playMoves(lab, reader, beginWhole(lab, begun.setup), experiment.moves);
  const history = seek(played.history, experiment.frame);
  runtime.change(replaced(history));
  const isSame = played.ok && history.at === experiment.frame && stateHash(frameOf(history).state) === experiment.hash;
  if (!isSame) {
    say(runtime, { text: 'The model of this lab has changed since this link was made: the run is the same experiment, but not the same result.', tone: 'bad' });
  }
}
