import type { LogEntry } from '../lab.ts';
import { choicesOf, connectionWord, counted, totalOf, type State } from './state.ts';

/** `1,234`. */
export const number = (value: number): string => value.toLocaleString('en');

/** `33 %`, below ten per cent with one decimal. */
export function percent(share: number): string {
  const value = share * 100;
  const text = value > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/u, '') : value.toFixed(0);
  return `${text} %`;
}

/** `1 pod`, `3 pods`. */
export function countOf(count: number, word: string): string {
  return `${number(count)} ${word}${count === 1 ? '' : 's'}`;
}

const opened = (state: State): number => totalOf(state.tally.connections) + state.tally.refused + state.tally.dropped;

/** The sentence of one batch. */
export function batchInWords(before: State, after: State): Required<Pick<LogEntry, 'text' | 'because' | 'tone'>> {
  const [from, to] = [counted(before) + 1, counted(after)];
  const word = connectionWord(after);
  const connections = opened(after) - opened(before);
  const chosen = choicesOf(after) - choicesOf(before);
  const failed = after.tally.refused + after.tally.dropped - before.tally.refused - before.tally.dropped;
  const shares = after.pods.map(({ name, letter }) => `${letter} ${number((after.tally.requests[name] ?? 0) - (before.tally.requests[name] ?? 0))}`);
  const which = from === to ? `Request ${number(to)}` : `Requests ${number(from)} to ${number(to)}`;
  const lost = failed === 0 ? '' : `, ${number(failed)} lost`;
  return { text: `${which}: ${shares.join(', ')}${lost}`, because: why(after, { connections, chosen, failed, word }), tone: failed > 0 ? 'bad' : 'plain' };
}

interface Happened {
  readonly connections: number;
  readonly chosen: number;
  readonly failed: number;
  readonly word: string;
}

function why(state: State, { connections, chosen, failed, word }: Happened): string {
  if (failed > 0) return `${countOf(failed, 'request')} met no usable pod at the node`;
  if (connections === 0) return `no new ${word}: requests follow ${state.openCount === 1 ? 'the one that is' : 'those that are'} open`;
  if (chosen === 0) return `${countOf(connections, `new ${word}`)}, but ${state.input.traffic.clients === 1 ? 'the client is' : 'the clients are'} remembered`;
  const how = state.proxy.startsWith('ipvs') ? 'scheduled by IPVS' : 'chosen by chance';
  const news = countOf(connections, `new ${word}`);
  if (chosen === connections) return connections === 1 ? `a new ${word}, ${how}` : `${news}, each ${how}`;
  return `${news}, of them ${number(chosen)} ${how}`;
}
