import { readRecording, recordedSession } from '../../src/components/chapter/recordings.ts';
import { terminalSource } from '../../src/components/chapter/terminal.ts';
import { kubectlFaults } from './kubectl-line.ts';

/** The texts of a list such as `['a', "b"]`; undefined when it is anything else, such as the name of a value. */
function quotedTexts(list: string): string[] | undefined {
  const quoted = /'([^'\\]*)'|"([^"\\]*)"/g;
  const rest = list.trim().replace(quoted, '').replace(/[\s,]/g, '');
  return rest === '[]' ? [...list.matchAll(quoted)].map((match) => match[1] ?? match[2] ?? '') : undefined;
}

function attributesOf(tag: string): { commands: string[] | undefined; named: Record<string, string> } {
  const list = /\bcommands=\{([\s\S]*?)\}(?=\s|$)/.exec(tag);
  const others = tag.replace(list?.[0] ?? '', '');
  return {
    commands: list ? quotedTexts(list[1] ?? '') : [],
    named: Object.fromEntries([...others.matchAll(/(\w+)=(?:"([^"]*)"|\{([^}]*)\})/g)].map((match) => [match[1] ?? '', match[2] ?? match[3] ?? ''])),
  };
}

/** What is wrong with the `<Terminal>` lines of a prose, as sentences. That a lab knows its commands is found by the build. */
export function terminalFaults(prose: string, recordings: Readonly<Record<string, string>>): string[] {
  return [...prose.matchAll(/<Terminal\b((?:\{[^}]*\}|"[^"]*"|[^>{"])*?)(\/?)>/g)].flatMap(([, tag = '', end]) => {
    if (end === '') return ['A <Terminal> has no text of its own: end it with "/>".'];
    const { commands, named } = attributesOf(tag);
    if (!commands) return [`The commands of a <Terminal> are a list of quoted texts: ${tag.trim()}`];
    const untypable = commands
      .filter((command) => command.startsWith('kubectl'))
      .flatMap((command) => kubectlFaults(command).map((fault) => `${fault}: ${command}`));
    try {
      const source = terminalSource({ ...named, commands });
      if (source.kind === 'recording') recordedSession(recordings, source);
      return untypable;
    } catch (error) {
      return [...untypable, error instanceof Error ? error.message : String(error)];
    }
  });
}

/** Commands of a recording that none of the texts asks for. */
export function unshownCommands(name: string, text: string, pages: readonly string[]): string[] {
  const using = pages.filter((page) => page.includes(`recording="${name}"`)).join('\n');
  const commands = readRecording(name, text).scenarios.flatMap((scenario) => scenario.commands.map(({ command }) => command));
  return commands.filter((command) => !using.includes(`'${command}'`) && !using.includes(`"${command}"`));
}

// Folders that every container has; any other path is one of the machine that recorded.
const COMMON_FOLDERS = new Set(['bin', 'dev', 'etc', 'proc', 'sys', 'usr', 'var']);

/** Paths of the machine that recorded: a reader has none of them. */
export function machineFaults(text: string): string[] {
  return [...text.matchAll(/(?<![\w.:/>-])\/([a-z]\w*)[^\s"\\]*/g)].flatMap(([path, folder = '']) =>
    COMMON_FOLDERS.has(folder) ? [] : [`A recording names ${path}.`],
  );
}
