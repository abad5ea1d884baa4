import { z } from 'astro/zod';
import { also, chapterPlace, docs, id, labPlace, text } from './fields.ts';
import { readEntries, readEntriesOf, type ListKind } from './entry-list.ts';

/** Tools in the order of their list: what everybody uses first, then the cluster's own, then what Linux has. */
export const tools = [
  'kubectl',
  'kubeadm',
  'crictl',
  'ctr',
  'etcdctl',
  'etcdutl',
  'helm',
  'ip',
  'iptables',
  'nft',
  'conntrack',
  'tcpdump',
  'dig',
  'nslookup',
  'journalctl',
  'openssl',
] as const;

const entry = z.strictObject({
  id,
  tool: z.enum(tools),
  /** The usual form, which can be typed as it stands. */
  line: text(200),
  also,
  does: text(200),
  /** When one reaches for it, and what it does not do. */
  when: text(400),
  options: z.array(z.strictObject({ flag: text(80), does: text(240) })).default([]),
  examples: z.array(z.strictObject({ line: text(240), does: text(240) })).default([]),
  /** Only where it deletes or disturbs. */
  danger: text(300).optional(),
  chapter: chapterPlace,
  lab: labPlace.optional(),
  docs: docs.optional(),
});

/** A command of the reference. `docs` is a whole address. */
export type Command = z.infer<typeof entry>;

const kind: ListKind<Command> = { file: 'content/data/commands.yaml', entry };

/** Reads a list of commands. Throws with file, command, field and what was expected. */
export const readCommands = (yaml: string): readonly Command[] => readEntries(kind, yaml);

/** The commands of content/data/commands.yaml, in the order of the file; none when there is no such file. */
export const commandList = (): readonly Command[] => readEntriesOf(kind);
