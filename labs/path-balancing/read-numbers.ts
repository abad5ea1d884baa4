import type { Path } from '../reading/read-yaml.ts';
import type { SettingsReader } from '../reading/settings-reader.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A number within bounds; undefined: none is written, or it is wrong (and that is noted). */
export function readNumber(reader: SettingsReader, path: Path, { min, max }: Bounds, isWhole = true): number | undefined {
  const text = reader.text(path);
  if (text === undefined) return undefined;
  const value = Number(text);
  const kind = isWhole ? 'a whole number' : 'a number';
  if (text.trim() === '' || !Number.isFinite(value) || (isWhole && !Number.isInteger(value))) {
    reader.wrong(path, `${JSON.stringify(text)} is not ${kind}`, `${kind} from ${String(min)} to ${String(max)}`);
    return undefined;
  }
  if (value >= min && value <= max) return value;
  reader.wrong(path, `${text} is too ${value < min ? 'small' : 'large'}`, `${kind} from ${String(min)} to ${String(max)}`);
  return undefined;
}
