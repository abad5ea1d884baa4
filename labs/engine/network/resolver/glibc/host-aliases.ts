import { bytesOf, textOf } from '../c-text.ts';
import { isSameName } from './domain-name.ts';
import type { Process } from './process.ts';

/**
 * The name that the file of HOSTALIASES gives to a name without dots. A line with one word alone ends the file.
 * Models __res_context_hostalias in resolv/res_query.c.
 */
export function findAlias({ surroundings, writer }: Process, name: string): string | undefined {
  const { hostAliases, env } = surroundings;
  const file = env.HOSTALIASES;
  if (file === undefined || hostAliases === null) return undefined;
  for (const line of bytesOf(hostAliases).split(/(?<=\n)/)) {
    const [, alias = '', target] = /^(\S*)\s(?:\s*(\S+))?/.exec(line) ?? [];
    if (!/^\S*\s/.test(line)) return undefined;
    if (!isSameName(alias, name)) continue;
    if (target === undefined) return undefined;
    writer.add(
      { kind: 'setting', source: 'environment', text: `HOSTALIASES=${file}`, effect: 'used' },
      `The file has the alias ${textOf(name)} for ${textOf(target)}.`,
    );
    return target;
  }
  return undefined;
}
