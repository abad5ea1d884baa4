import { encodeExperiment, experimentOf, linkLengthMax, type Experiment } from './link.ts';
import { isShown, showScenario } from './requests.ts';
import type { Runtime } from './runtime.ts';
import { namesOf } from './session-later.ts';
import { noticed, type Notice, type Session } from './session.ts';

function say(runtime: Runtime, notice: Notice): void {
  runtime.change(noticed(notice));
}

/** A listing stands in the link itself: no scenario has its text. */
function experimentIn(session: Session): Experiment {
  const { scenario, history } = session;
  return experimentOf(namesOf(session), history, scenario.listing === undefined ? scenario.texts : {});
}

/** A link to this moment of this experiment, in the clipboard. */
export async function copyLink(runtime: Runtime): Promise<void> {
  const { session } = runtime;
  const code = await encodeExperiment(experimentIn(session));
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
  const text = JSON.stringify(experimentIn(session), null, 2);
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
  const first = runtime.session.page.scenario.id;
  if (location.hash === '' && !isShown(runtime, first)) await showScenario(runtime, first);
  if (kind === 'x') await (await import('./opening.ts')).openLink(runtime, rest);
  else if (kind && !isShown(runtime, rest)) {
    if (runtime.session.page.scenarios.some(({ id }) => id === rest)) await showScenario(runtime, rest);
    else await (await import('./opening.ts')).openFormer(runtime, rest);
  }
}

/** Opens an experiment from a file. */
export async function openFile(runtime: Runtime, file: Blob): Promise<void> {
  await (await import('./opening.ts')).openText(runtime, await file.text());
}
