/** The words of a command, as a shell cuts them: quotes and backslashes hold together; undefined if a quote does not end. */
export function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const match = /^(?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+/u.exec(rest);
    if (match === null) return undefined;
    words.push(
      match[0].replaceAll(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/gu, (_, single?: string, double?: string, escaped?: string) => {
        // Within double quotes a backslash protects only these four.
        return single ?? double?.replaceAll(/\\(["\\$`])/gu, '$1') ?? escaped ?? '';
      }),
    );
    rest = rest.slice(match[0].length).trimStart();
  }
  return words;
}

/** A flag of kubectl. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** `text`: a value follows; `truth`: it stands alone, or `=false` follows. */
  readonly kind: 'text' | 'truth';
}

/** A command taken apart. */
export interface CommandLine {
  readonly words: readonly string[];
  /** By name; a flag that stands twice has its last value. */
  readonly flags: ReadonlyMap<string, string>;
}

export type ReadCommandLine = { readonly ok: true; readonly value: CommandLine } | { readonly ok: false; readonly message: string };

/** Takes flags apart from words, in kubectl's words if a flag is wrong. Models spf13/pflag. */
export function readFlags(words: readonly string[], known: readonly Flag[]): ReadCommandLine {
  const flags = new Map<string, string>();
  const plain: string[] = [];
  const wrong = (message: string): ReadCommandLine => ({ ok: false, message });
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') {
      plain.push(...words.slice(index + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const isLong = word.startsWith('--');
    const name = isLong ? word.slice(2, equals === -1 ? undefined : equals) : word.charAt(1);
    const flag = known.find((each) => (isLong ? each.name === name : each.short === name));
    if (flag === undefined) return wrong(isLong ? `unknown flag: --${name}` : `unknown shorthand flag: '${name}' in ${word}`);
    const attached = isLong ? (equals === -1 ? undefined : word.slice(equals + 1)) : word.length === 2 ? undefined : word.slice(2).replace(/^=/u, '');
    if (flag.kind === 'truth') {
      // Letters may stand together: `-Aw`.
      const isCluster = !isLong && attached !== undefined && word.charAt(2) !== '=';
      if (isCluster) return readFlags([...words.slice(0, index), `-${name}`, `-${attached}`, ...words.slice(index + 1)], known);
      flags.set(flag.name, attached ?? 'true');
      continue;
    }
    if (attached === undefined && index + 1 >= words.length) return wrong(`flag needs an argument: ${isLong ? word : `'${name}' in ${word}`}`);
    if (attached === undefined) index += 1;
    flags.set(flag.name, attached ?? words[index] ?? '');
  }
  return { ok: true, value: { words: plain, flags } };
}
