import type { Cluster } from '../../engine/loop/cluster.ts';
import { describeCommand } from './describe.ts';
import { describedKinds } from './describers.ts';
import { getCommand } from './get.ts';
import type { Output } from './output.ts';
import { runReadCommand } from './read-command.ts';
import { tableKinds } from './tables.ts';

const commands = [getCommand, describeCommand];

/**
 * What kubectl prints for a command that only reads, from a cluster as it is; undefined if the command, a flag or a kind is not covered (`covered` says
 * what is). `namespace` is the current one of the kubeconfig. The word `kubectl` may be left out. Pure; the cluster's clock gives the ages.
 */
export const kubectl = (cluster: Cluster, line: string, options?: { readonly namespace?: string }): Output | undefined =>
  runReadCommand(commands, cluster, line, options);

/** What `kubectl` covers, for messages: commands, and the kinds that are shown as tables and described. */
export const covered: { readonly commands: readonly string[]; readonly tables: readonly string[]; readonly descriptions: readonly string[] } = {
  commands: commands.map(({ name }) => name),
  tables: tableKinds,
  descriptions: describedKinds,
};
