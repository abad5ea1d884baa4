import type { Offer } from '../lab.ts';
import { behaviours, families, libraries, libraryNames, type Behaviour } from './input.ts';
import { currentRun, type Action, type State } from './state.ts';

/** Longest name a program may hand over here; the DNS allows 253 characters, longer ones show what the library says. */
const nameBytesMax = 300;

/** Names worth trying: short, crossing, full, absolute, outside, and some that only look like names. */
const examples: readonly string[] = [
  'ent',
  'cer',
  'svc1.dev',
  'ent.default.svc.cluster.local',
  'ent.default.svc.cluster.local.',
  'api.github.com',
  'www.example.com.',
  '10.96.0.1',
  'localhost',
  '',
  '.',
  'a..b',
  'http://ent',
  'Ent',
];

/** All that the learner can do now. */
export function offers(state: State): readonly Offer<Action>[] {
  const { name, library, family } = currentRun(state);
  const servers = state.outlook.servers.map(({ address }) => address);
  return [
    {
      id: 'name',
      label: 'The program asks for',
      place: 'input',
      control: 'text',
      value: name,
      bytesMax: nameBytesMax,
      action: { type: 'ask', name: '' },
      field: 'name',
      examples,
      subject: 'name',
    },
    {
      id: 'library',
      label: 'C library',
      place: 'input',
      control: 'choice',
      value: library,
      options: libraries.map((value) => ({ value, label: libraryNames[value], action: { type: 'library', library: value } })),
    },
    {
      id: 'family',
      label: 'Addresses',
      place: 'input',
      control: 'choice',
      value: family,
      options: families.map((value) => ({ value, label: value, action: { type: 'family', family: value } })),
    },
    ...servers.map((server): Offer<Action> => ({
      id: `server-${server}`,
      label: server,
      group: 'What each server does from now on',
      place: 'world',
      control: 'choice',
      value: state.input.network.servers[server] ?? 'answers',
      options: (Object.keys(behaviours) as Behaviour[]).map((value) => ({
        value,
        label: behaviours[value],
        action: { type: 'server', server, behaviour: value },
      })),
      subject: `server:${server}`,
    })),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks an action from a link or a file. */
export function readAction(value: unknown): Action | undefined {
  if (!isRecord(value)) return undefined;
  const { type, name, library, family, server, behaviour } = value;
  if (type === 'advance') return { type };
  if (type === 'ask' && typeof name === 'string' && name.length <= nameBytesMax) return { type, name };
  const knownLibrary = libraries.find((known) => known === library);
  if (type === 'library' && knownLibrary !== undefined) return { type, library: knownLibrary };
  const knownFamily = families.find((known) => known === family);
  if (type === 'family' && knownFamily !== undefined) return { type, family: knownFamily };
  const knownBehaviour = (Object.keys(behaviours) as Behaviour[]).find((known) => known === behaviour);
  if (type === 'server' && typeof server === 'string' && server.length <= 64 && knownBehaviour !== undefined)
    return { type, server, behaviour: knownBehaviour };
  return undefined;
}
