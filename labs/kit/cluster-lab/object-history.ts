import type { Explanation } from '../../lab.ts';
import type { ClusterState } from './cluster-state.ts';
import { logOf } from './cluster-words.ts';

const linesMax = 8;

/** What happened to a subject, the last entries first to last, and the id of the last one. */
export function historyOf(state: ClusterState, subject: string): Pick<Explanation, 'cause'> & { readonly lines: readonly string[] } {
  const entries = logOf(state, 0).filter((entry) => entry.subject === subject);
  const last = entries.at(-1);
  const lines = entries.slice(-linesMax).map(({ text, because }) => (because === undefined ? text : `${text}: ${because}`));
  return { lines, ...(last !== undefined && { cause: last.id }) };
}

/** "Why?" of what is not there any more, or was never an object: its story in the log. */
export function explainFromLog(state: ClusterState, subject: string): Explanation | undefined {
  const { lines, cause } = historyOf(state, subject);
  const last = lines.at(-1);
  if (last === undefined) return undefined;
  const [kind = '', ...name] = subject.split('/');
  const title = /^[A-Z]/u.test(subject) ? `${kind} ${name.join('/')} is gone` : name.join('/');
  return { title, because: `${last}.`, steps: lines.slice(0, -1), ...(cause !== undefined && { cause }) };
}
