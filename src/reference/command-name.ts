import type { Command } from './commands.ts';

const lineMax = 60;

/** The piece of an id that a word of a line may be: `--previous` previous, `node/worker-1` node, `--dry-run=client` dry-run, `s_client` s-client. */
const keyOf = (word: string): string =>
  word
    .replace(/^-+/, '')
    .replace(/[=/].*$/, '')
    .replaceAll('_', '-')
    .toLowerCase();

/**
 * What a command is called: the words of its usual line that its id is made of, `kubectl auth can-i` for `kubectl-auth-can-i` and `kubectl logs --previous`
 * for `kubectl-logs-previous`. Where the id says it in other words: the line, or the id's words when the line is long.
 */
export function commandName({ id, line }: Pick<Command, 'id' | 'line'>): string {
  const words = line.split(' ');
  const name: string[] = [];
  let rest = id;
  for (const [index, word] of words.entries()) {
    const key = keyOf(word);
    if (key === '' || (rest !== key && !rest.startsWith(`${key}-`))) continue;
    const before = words[index - 1] ?? '';
    // The value of an option makes no sense without it: -u kubelet.
    if (/^-\w$/.test(before) && name.at(-1) !== before) name.push(before);
    name.push(word.replace(/[=/].*$/, ''));
    rest = rest.slice(key.length + 1);
    if (rest === '') return name.join(' ');
  }
  return line.length <= lineMax ? line : id.replaceAll('-', ' ');
}
