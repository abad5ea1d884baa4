import type { SettingsReader } from '../reading/settings-reader.ts';
import { dataBytesMax, protocols, type Call, type World } from './input.ts';
import { callersOf, namedThing, targetOf, targetsOf } from './things.ts';

type Path = readonly (string | number)[];
const alsoMax = 4;

function readNumber(
  reader: SettingsReader,
  path: Path,
  { min, max, what }: { readonly min: number; readonly max: number; readonly what: string },
): number | undefined {
  const text = reader.text(path);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  reader.wrong(path, `${text} is no ${what}`, `a number from ${min} to ${max}`);
  return undefined;
}

/** One call; what is left out is taken from `usual`, else from what stands in the cluster. */
function readOne(reader: SettingsReader, path: Path, world: World, usual?: Call): Call {
  const callers = callersOf(world);
  const targets = targetsOf(world);
  const [from, to] = [reader.text([...path, 'from']), reader.text([...path, 'to'])];
  const caller = from === undefined ? (usual?.from ?? callers[0]?.id) : namedThing(from, callers);
  if (from !== undefined && caller === undefined)
    reader.wrong([...path, 'from'], `nobody is called ${from}`, `one of ${callers.map(({ id }) => id).join(', ')}`);
  const named = to === undefined ? (usual?.to ?? targets[0]?.id) : (namedThing(to, targets) ?? to);
  const target = named === undefined ? undefined : targetOf(world, named);
  if (to !== undefined && target === undefined)
    reader.wrong([...path, 'to'], `nothing is called ${to}`, `an address, or one of ${targets.map(({ id }) => id).join(', ')}`);
  const protocol = reader.choice([...path, 'protocol'], protocols) ?? (to === undefined ? usual?.protocol : undefined) ?? target?.protocol ?? 'tcp';
  const port = readNumber(reader, [...path, 'port'], { min: 1, max: 65_535, what: 'port' });
  return {
    from: caller ?? '',
    to: named ?? '',
    port: port ?? (to === undefined ? usual?.port : undefined) ?? target?.port ?? 80,
    protocol,
    dataBytes: readNumber(reader, [...path, 'bytes'], { min: 0, max: dataBytesMax, what: 'number of bytes' }) ?? usual?.dataBytes ?? 56,
    mayFragment: reader.truth([...path, 'mayFragment']) ?? usual?.mayFragment ?? false,
  };
}

/** The call part: the packet that is followed, and the calls that are watched beside it. */
export function readCall(reader: SettingsReader, world: World): { readonly call: Call; readonly alsoCalls: readonly Call[] } {
  const fields = ['from', 'to', 'port', 'protocol', 'bytes', 'mayFragment'];
  reader.onlyFields([], [...fields, 'also']);
  const call = readOne(reader, [], world);
  const alsoCalls = Array.from({ length: reader.length(['also'], alsoMax) }, (_, index) => {
    reader.onlyFields(['also', index], fields);
    return readOne(reader, ['also', index], world, call);
  });
  return { call, alsoCalls };
}
