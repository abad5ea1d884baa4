import type { SettingsReader } from '../reading/settings-reader.ts';
import type { Library } from '../engine/network/resolver/types.ts';
import { families, libraries, type Asked, type Need } from './input.ts';

/** `glibc 2.36` as it is written, `glibc-2.36` as the models call it. */
const spelled = (library: Library): string => library.replace('-', ' ');

const needsMax = 12;
const variables = ['LOCALDOMAIN', 'RES_OPTIONS'];

function readNeeds(reader: SettingsReader): readonly Need[] {
  return Array.from({ length: reader.length(['needs'], needsMax) }, (_, index): Need => {
    const path = ['needs', index];
    if (!reader.isObject(path)) return { name: reader.text(path) ?? '' };
    reader.onlyFields(path, ['name', 'address']);
    const address = reader.text([...path, 'address']);
    return { name: reader.text([...path, 'name']) ?? '', ...(address === undefined ? {} : { address }) };
  });
}

function readLibrary(reader: SettingsReader): Library {
  const spelling = reader.choice(['library'], libraries.map(spelled));
  return libraries.find((library) => spelled(library) === spelling) ?? 'glibc-2.36';
}

/** The lookup part: what the program asks for and with what. */
export function readLookup(reader: SettingsReader): Asked {
  reader.onlyFields([], ['name', 'address', 'library', 'family', 'environment', 'needs']);
  const environment: Record<string, string> = {};
  for (const key of reader.keys(['environment'])) {
    if (!variables.includes(key)) reader.wrong(['environment', key], 'no C library looks at this variable here', `one of ${variables.join(', ')}`);
    environment[key] = reader.text(['environment', key]) ?? '';
  }
  const name = reader.text(['name']);
  if (name === undefined && reader.errors.length === 0) reader.wrong([], 'nothing to look up', 'a line such as name: ent', 'For an empty name write name: ""');
  if (name !== undefined && name.length > 300) reader.wrong(['name'], `${name.length} characters are too many`, 'at most 300 characters');
  return {
    name: (name ?? '').slice(0, 300),
    library: readLibrary(reader),
    family: reader.choice(['family'], families) ?? 'A and AAAA',
    address: reader.text(['address']) ?? null,
    environment,
    needs: readNeeds(reader),
  };
}
