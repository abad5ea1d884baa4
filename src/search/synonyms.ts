import { stem } from './words.ts';

/** Words that readers take for one another, in groups: who asks for one finds what is said with another. The first is the course's own. */
const groups: readonly (readonly string[])[] = [
  'traffic requests connections',
  'use consume eat usage consumption',
  'stuck hang freeze',
  'delete remove destroy',
  'allowed permission rights forbidden',
  'resize grow enlarge expand bigger larger',
  'shrink reduce smaller',
  'crash die fail',
  'restart reboot',
  'replica copy instance',
  'program app application',
  'change modify update edit',
  'rollback undo revert',
  'reach connect access',
  'even balance spread distribute',
  'disk storage volume',
  'outside external internet',
  'slow latency delay',
  'start launch boot',
  'node machine server',
  'shell terminal bash',
  'credentials password login',
  'reject refuse deny forbid block',
  'schedule place assign',
  'show list print display',
  'drop lost lose',
  'evict kill kick',
].map((line) => line.split(' '));

const others = new Map<string, readonly string[]>(
  groups.flatMap((group) => group.map((word) => [stem(word), group.filter((other) => other !== word)] as const)),
);

/** Words that may stand for a word; none for most. */
export const synonymsOf = (word: string): readonly string[] => others.get(stem(word)) ?? [];
