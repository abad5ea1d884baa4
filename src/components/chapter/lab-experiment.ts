import { readScenario } from '../../../labs/reading/scenario.ts';
import { stateHash } from '../../lab-player/state-hash.ts';
import { labFiles } from './lab-files.ts';

/** What an author says of a manifest that can be run: the lab, the scenario it starts from, and the part whose text it takes the place of. */
export interface Asked {
  readonly lab: string;
  readonly scenario: string | undefined;
  /** Absent: the first part that holds Kubernetes objects. */
  readonly part: string | undefined;
  /** What other parts say in place of the scenario's texts: the name to ask for, say. */
  readonly also?: Readonly<Record<string, string>> | undefined;
  /** The manifest, behind the one of `after` if it needs it. */
  readonly text: string;
  readonly after?: string | undefined;
  readonly file: string;
}

/** What a page needs to make the link: `code` is part, seed, the fingerprint of the first state and what else is changed, as `open-in-lab.ts` reads
 * them. */
export interface LabExperiment {
  readonly lab: string;
  readonly scenario: string;
  readonly code: string;
}

/** Checks at build time that the lab can read the manifest in that place. Throws with what there is instead, or with what the lab does not understand. */
export function labExperiment({ lab, scenario, part, also = {}, text, file }: Asked): LabExperiment {
  const where = `<Manifest file="${file}" lab="${lab}">`;
  const machine = labFiles.labs[lab];
  const reader = labFiles.readers[lab];
  if (!machine || !reader) throw new Error(`${where}: there is no such lab. There are: ${Object.keys(labFiles.labs).join(', ')}.`);
  const source = labFiles.scenarios[`${lab}/${scenario}`];
  if (scenario === undefined || source === undefined) {
    const ids = Object.keys(labFiles.scenarios).filter((key) => key.startsWith(`${lab}/`));
    throw new Error(`${where}: expected scenario="…", one of: ${ids.map((key) => key.slice(lab.length + 1)).join(', ')}.`);
  }
  const taken = part ?? Object.entries(machine.parts).find(([, { language }]) => language === 'kubernetes')?.[0];
  if (taken === undefined || !Object.hasOwn(machine.parts, taken))
    throw new Error(`${where}: expected part="…", one of: ${Object.keys(machine.parts).join(', ')}.`);
  const read = readScenario(source, machine);
  if (!read.ok) throw new Error(`${where}: ${read.message}`);
  const { texts, seed } = read.scenario;
  const stranger = Object.keys(also).find((each) => !Object.hasOwn(machine.parts, each));
  if (stranger !== undefined) throw new Error(`${where}: also has "${stranger}". Expected parts of the lab: ${Object.keys(machine.parts).join(', ')}.`);
  const begun = reader.read({ ...texts, ...also, [taken]: text });
  if (!begun.ok) throw new Error(`${where}: the lab cannot read it. ${begun.errors.map(({ message }) => message).join(' ')}`);
  return {
    lab,
    scenario,
    code: [taken, seed, stateHash(machine.start(begun.input, seed)), ...(Object.keys(also).length === 0 ? [] : [JSON.stringify(also)])].join('/'),
  };
}
