import type { Cluster } from '../../labs/engine/loop/cluster.ts';
import { emptyQueue } from '../../labs/engine/loop/work-queue.ts';
import { emptyStore, withEvent, type Store } from '../../labs/engine/store/store.ts';
import { keyOf } from '../../labs/engine/store/stored-object.ts';
import { covered, kubectl } from '../../labs/kit/kubectl/kubectl.ts';
import { findResource } from '../../labs/kit/kubectl/resources.ts';
import type { ComparedCase, Comparator } from './comparator.ts';
import { isRecordedSessions, type RecordedCommand, type RecordedSession } from './kubectl-recording.ts';

type Printed = Pick<RecordedCommand, 'stdout' | 'stderr' | 'exit'>;

/** What is passed over, with the reason; the first pattern that fits a command counts. */
const passedOver: readonly (readonly [command: RegExp, reason: string])[] = [
  [/^kubectl(?! +(?:get|describe)\b)/u, 'no model yet: commands that change something or read logs, metrics and rights'],
  [/ (?:-o|--output)[ =]?'?(?:jsonpath|go-template|custom-columns|template|kyaml)/u, 'no model yet: output formats that are programs'],
  [/ --as[ =]/u, 'no model yet: access control'],
];

/** Why a command is not compared; undefined: it is. A kind that the server has and no lab shows is passed over, one that it has not is compared. */
export function reasonToPassOver(command: string): string | undefined {
  const reason = passedOver.find(([pattern]) => pattern.test(command))?.[1];
  const [, verb = '', types = ''] = /^kubectl +(get|describe) +([^\s/]+)/u.exec(command) ?? [];
  if (reason !== undefined || / -o (?:name|json|yaml)\b/u.test(command)) return reason;
  const kinds = verb === 'get' ? covered.tables : covered.descriptions;
  const isUncovered = types.split(',').some((type) => !kinds.includes(findResource(type)?.kind ?? kinds[0] ?? ''));
  return isUncovered ? `no model yet: kinds that no lab shows (${verb})` : undefined;
}

/** The session's namespace is there without being listed among the objects. */
function storeOf({ objects = [], namespace: name }: RecordedSession, startUnixMs: number): Store {
  const metadata = { name, uid: 'namespace', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata, status: { phase: 'Active' } }, ...objects].reduce(
    (store, object) => withEvent(store, keyOf(object), { type: 'ADDED', object }),
    emptyStore({ startUnixMs }),
  );
}

const momentOf = ({ at }: RecordedCommand): number => (typeof at === 'string' ? Date.parse(at) : 0);
const lookMs = 25;
const answerMsMax = 700;

/**
 * The output at the moment at which it agrees, else at the start: `at` is when kubectl was started, and ages are computed when the server answers, which is
 * before the next command was started.
 */
function printed(session: RecordedSession, recorded: RecordedCommand, next: RecordedCommand | undefined): Printed | undefined {
  const atMs = momentOf(recorded);
  const store = storeOf(session, atMs);
  const lastMs = Math.min(answerMsMax, next === undefined ? answerMsMax : momentOf(next) - atMs);
  const outputAt = (clockMs: number): Printed | undefined => {
    const cluster: Cluster = { store, clockMs, queue: emptyQueue, log: [], world: {}, memory: {} };
    return kubectl(cluster, recorded.command, { namespace: session.namespace });
  };
  for (let clockMs = 0; clockMs <= lastMs; clockMs += lookMs) {
    const output = outputAt(clockMs);
    if (output !== undefined && (['stdout', 'stderr', 'exit'] as const).every((part) => output[part] === recorded[part])) return output;
  }
  return outputAt(0);
}

/**
 * A node's lease, and Events about nodes (they are in the namespace `default`), were not recorded where only one namespace was dumped: both parts of the
 * description are left out on both sides then.
 */
function withoutUnrecorded(session: RecordedSession, { command }: RecordedCommand, output: Printed): Printed {
  if (!/ describe (?:no|nodes?)\b/u.test(command)) return output;
  const hasLease = session.objects?.some(({ kind }) => kind === 'Lease') === true;
  const hasEvents = session.objects?.some(({ involvedObject }) => (involvedObject as { readonly kind?: string } | undefined)?.kind === 'Node') === true;
  const withoutLease = hasLease ? output.stdout : output.stdout.replaceAll(/^Lease:.*\n(?: {2}.*\n)*/gmu, '');
  return { ...output, stdout: hasEvents ? withoutLease : withoutLease.replaceAll(/^Events:.*\n(?: {2}.*\n)*/gmu, '') };
}

/** In a session the objects are not known: only reading commands that found nothing or failed say something about kubectl alone. */
function isComparable({ kind, user }: RecordedSession, { stdout, command }: RecordedCommand): boolean {
  return reasonToPassOver(command) === undefined && (kind === 'render' || (stdout === '' && user === 'kubernetes-admin'));
}

function compareSession(session: RecordedSession): readonly ComparedCase[] {
  return session.commands.flatMap((recorded, index) => {
    if (!isComparable(session, recorded)) return [];
    const { stdout, stderr, exit } = recorded;
    const got = printed(session, recorded, session.commands[index + 1]);
    return [
      {
        id: `${session.id}/${index + 1}`,
        subject: session.id,
        expected: withoutUnrecorded(session, recorded, { stdout, stderr, exit }),
        got: got === undefined ? {} : withoutUnrecorded(session, recorded, got),
      },
    ];
  });
}

/** What kubectl prints for objects: tables, descriptions, YAML, JSON, names and errors. */
export const kubectlComparator: Comparator = {
  shape: 'kubectl',
  recognises: isRecordedSessions,
  compare: (content) => (isRecordedSessions(content) ? content.scenarios.flatMap((session) => compareSession(session)) : []),
};
