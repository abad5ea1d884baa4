import type { Cluster } from '../../engine/loop/cluster.ts';
import { readFlags, wordsOf, type Flag } from './command-line.ts';
import { cordonCommand, uncordonCommand } from './planned/cordon.ts';
import { deleteCommand } from './planned/delete.ts';
import { annotateCommand, labelCommand } from './planned/label.ts';
import { patchCommand } from './planned/patch.ts';
import { refusal, type Plan, type PlannedCommand } from './planned/plan.ts';
import { scaleCommand } from './planned/scale.ts';
import { taintCommand } from './planned/taint.ts';

const namespaceFlag: Flag = { name: 'namespace', short: 'n', kind: 'text' };

const commands: readonly PlannedCommand[] = [
  deleteCommand,
  patchCommand,
  labelCommand,
  annotateCommand,
  scaleCommand,
  cordonCommand,
  uncordonCommand,
  taintCommand,
];

/** The commands that can be planned, for messages. */
export const plannedCommands: readonly string[] = commands.map(({ name }) => name);

/**
 * The requests that a kubectl command sends, with the lines that it prints; nothing is done here. Undefined if the command is not covered; a flag that is not
 * known here counts as not covered too. Several objects give several acts: each is to be sent even if one before was refused (`refusedText` says how).
 */
export function planned(line: string, cluster: Cluster, { namespace = 'default' }: { readonly namespace?: string } = {}): Plan | undefined {
  const words = wordsOf(line)?.filter((word, index) => index > 0 || word !== 'kubectl');
  const command = commands.find(({ name }) => name === words?.[0]);
  if (words === undefined || command === undefined) return undefined;
  const read = readFlags(words.slice(1), [namespaceFlag, ...command.flags]);
  if (!read.ok) return read.message.startsWith('unknown') ? undefined : refusal(`error: ${read.message}`, `See 'kubectl ${command.name} --help' for usage.`);
  return command.plan(read.value, { store: cluster.store, namespace: read.value.flags.get('namespace') ?? namespace });
}
