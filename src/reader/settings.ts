import { ignore, isFields, type Fault } from './reading-values.ts';
import { textOf } from './storage.ts';

/** What each setting may be. They are kept as plain texts, because the theme is read before the first paint (components/shell/theme-start.ts). */
const choices = { theme: ['light', 'auto', 'dark'], keys: ['on', 'off'] } as const;

type Name = keyof typeof choices;

/** Settings that differ from what the site does by itself. */
export type Settings = Readonly<Partial<Record<Name, string>>>;

/** The names of all settings. */
export const settingNames = Object.keys(choices) as readonly Name[];

/** The key under which a setting is kept. */
export const settingKey = (name: Name): string => `kubestep:${name}`;

/** Reads settings as they stand in an exported file. */
export function readSettings(value: unknown, fault: Fault = ignore): Settings {
  if (value === undefined) return {};
  if (!isFields(value)) {
    fault('settings', 'an object');
    return {};
  }
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const found = value[name];
      if (found === undefined) return [];
      const allowed: readonly unknown[] = choices[name];
      if (allowed.includes(found)) return [[name, found]];
      fault(`settings.${name}`, choices[name].map((each) => `"${each}"`).join(' or '));
      return [];
    }),
  );
}

/** The settings that this browser keeps. */
export function loadSettings(): Settings {
  return readSettings(Object.fromEntries(settingNames.flatMap((name) => [[name, textOf(settingKey(name)) ?? undefined]])));
}
