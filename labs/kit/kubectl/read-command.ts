import type { Cluster } from '../../engine/loop/cluster.ts';
import { readFlags, wordsOf, type CommandLine, type Flag } from './command-line.ts';
import { failure, type Output } from './output.ts';

/** A command of kubectl that only reads. */
export interface ReadCommand {
  readonly name: string;
  readonly flags: readonly Flag[];
  /** Flags of kubectl that are not covered, with commas between: with one of them there is no output here. */
  readonly otherFlags: string;
  readonly run: (cluster: Cluster, line: CommandLine, namespace: string) => Output | undefined;
}

const namespaceFlag: Flag = { name: 'namespace', short: 'n', kind: 'text' };
const globalFlags =
  'as,as-group,as-uid,as-user-extra,cache-dir,certificate-authority,client-certificate,client-key,cluster,context,disable-compression,insecure-skip-tls-verify,kubeconfig,kuberc,log-flush-frequency,match-server-version,password,profile,profile-output,request-timeout,server,s,tls-server-name,token,user,username,v,vmodule,warnings-as-errors,h,help';

/**
 * What kubectl prints for a line, as far as these commands cover it; undefined if they do not. A lab that shows tables only gives `[getCommand]` and carries
 * no describers. `namespace` is the current one of the kubeconfig. The word `kubectl` may be left out.
 */
export function runReadCommand(
  commands: readonly ReadCommand[],
  cluster: Cluster,
  line: string,
  { namespace = 'default' }: { readonly namespace?: string } = {},
): Output | undefined {
  const words = wordsOf(line)?.filter((word, index) => index > 0 || word !== 'kubectl');
  const command = commands.find(({ name }) => name === words?.[0]);
  if (words === undefined || command === undefined) return undefined;
  const others = `${command.otherFlags},${globalFlags}`
    .split(',')
    .map((name): Flag => (name.length === 1 ? { name, short: name, kind: 'truth' } : { name, kind: 'truth' }));
  const read = readFlags(words.slice(1), [namespaceFlag, ...command.flags, ...others]);
  if (!read.ok) return failure(`error: ${read.message}`, `See 'kubectl ${command.name} --help' for usage.`);
  if (others.some(({ name }) => read.value.flags.has(name))) return undefined;
  return command.run(cluster, read.value, read.value.flags.get('namespace') ?? namespace);
}
