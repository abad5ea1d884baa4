import { describe, expect, test } from 'vitest';
import { createCluster, type Cluster } from '../../engine/loop/cluster.ts';
import type { JsonObject } from '../../engine/patch/json.ts';
import { planned, plannedCommands } from './planned.ts';
import { refusedText } from './planned/plan.ts';

const engine = createCluster({ controllers: [] });

const objects: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'err' } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'err', labels: { a: 'b' } },
    spec: { nodeName: 'w5', containers: [{ name: 'web', image: 'i' }] },
  },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'loose', namespace: 'err' }, spec: { containers: [{ name: 'c', image: 'i' }] } },
  { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv-a' }, spec: { persistentVolumeReclaimPolicy: 'Retain' } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'w5' }, spec: {} },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'w6' }, spec: {} },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'err' }, spec: { replicas: 2 } },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', namespace: 'err' }, spec: {} },
];
const start = objects.reduce<Cluster>(
  (cluster, object) => engine.request(cluster, { verb: 'create', object }, { text: 'creates' }).cluster,
  engine.start({ seed: 'a' }),
);

/** Plays commands, one after the other, as a terminal would. */
function played(lines: readonly string[]) {
  let cluster = start;
  return lines.map((line) => {
    const plan = planned(line, cluster, { namespace: 'err' });
    if (plan === undefined) return undefined;
    const output: string[] = [...(plan.warnings ?? [])];
    const errors = [...plan.errors];
    for (const step of plan.steps) {
      if (typeof step === 'string') output.push(step);
      else {
        const answered = engine.request(cluster, step.request, { text: step.text });
        const isChanged = answered.cluster.store.revision !== cluster.store.revision;
        cluster = answered.cluster;
        if (answered.answer.ok) output.push(step.done(isChanged));
        else errors.push(refusedText(answered.answer.error));
      }
    }
    return [...output, ...errors].join('\n');
  });
}

describe('commands that change something print what kubectl prints', () => {
  // The lines are those of recorded sessions with kubectl v1.36.4.
  test.each<readonly [command: string, steps: readonly (readonly [line: string, output: string])[]]>([
    [
      'delete',
      [
        ['kubectl delete pod nope', 'Error from server (NotFound): pods "nope" not found'],
        ['kubectl delete pod', 'error: resource(s) were provided, but no name was specified'],
        ['kubectl delete pod web --grace-period=0', 'pod "web" deleted from err namespace'],
        ['kubectl delete pv pv-a', 'persistentvolume "pv-a" deleted'],
        ['kubectl delete pv --all', 'No resources found'],
        ['kubectl delete deploy/web', 'deployment.apps "web" deleted from err namespace'],
      ],
    ],
    [
      'patch',
      [
        ['kubectl patch pod web', 'error: must specify --patch or --patch-file containing the contents of the patch'],
        [`kubectl patch pod nope -p '{}'`, 'Error from server (NotFound): pods "nope" not found'],
        [`kubectl patch pod web -p '{"metadata":{"labels":{"x":"y"}}}'`, 'pod/web patched'],
        [`kubectl patch pod web --type=merge -p '{"metadata":{"labels":{"x":"y"}}}'`, 'pod/web patched (no change)'],
        [
          `kubectl patch pv pv-a --type json -p '[{"op":"replace","path":"/spec/persistentVolumeReclaimPolicy","value":"Delete"}]'`,
          'persistentvolume/pv-a patched',
        ],
      ],
    ],
    [
      'label and annotate',
      [
        ['kubectl label pod web a=b', 'pod/web not labeled'],
        ['kubectl label pod web a=c', "error: 'a' already has a value (b), and --overwrite is false"],
        ['kubectl label pod web a=c --overwrite', 'pod/web labeled'],
        ['kubectl label pods --all z=1', 'pod/loose labeled\npod/web labeled'],
        ['kubectl label pod web a-', 'pod/web unlabeled'],
        ['kubectl label pod web a-', 'label "a" not found.\npod/web not labeled'],
        ['kubectl label pod web', 'error: at least one label update is required'],
        ['kubectl annotate pod web note="hello world"', 'pod/web annotated'],
        ['kubectl annotate pod web note-', 'pod/web annotated'],
      ],
    ],
    [
      'scale',
      [
        ['kubectl scale deploy web --replicas=3', 'deployment.apps/web scaled'],
        ['kubectl scale deploy/web --replicas=2 --current-replicas=5', 'error: Expected replicas to be 5, was 3'],
        ['kubectl scale ds agent --replicas=2', 'Error from server (NotFound): the server could not find the requested resource'],
        ['kubectl scale deploy web', 'error: required flag(s) "replicas" not set'],
      ],
    ],
    [
      'cordon and uncordon',
      [
        ['kubectl cordon w5', 'node/w5 cordoned'],
        ['kubectl cordon w5', 'node/w5 already cordoned'],
        ['kubectl uncordon w5 w6', 'node/w5 uncordoned\nnode/w6 already uncordoned'],
        ['kubectl cordon nope', 'Error from server (NotFound): nodes "nope" not found'],
      ],
    ],
    [
      'taint',
      [
        ['kubectl taint nodes w5 key1=value1:NoSchedule', 'node/w5 tainted'],
        ['kubectl taint nodes w5 key1=value2:NoSchedule', 'error: node w5 already has key1 taint(s) with same effect(s) and --overwrite is false'],
        ['kubectl taint nodes w5 key1=value2:NoSchedule --overwrite', 'node/w5 modified'],
        ['kubectl taint nodes w5 key1:NoSchedule-', 'node/w5 untainted'],
        ['kubectl taint nodes w5 key1:NoSchedule-', 'error: taint "key1:NoSchedule" not found'],
        ['kubectl taint nodes w5 nokey-', 'error: taint "nokey" not found'],
        ['kubectl taint nodes w5 a=b:Foo', "error: invalid taint effect: Foo, unsupported taint effect\nSee 'kubectl taint -h' for help and examples"],
        ['kubectl taint nodes --all q=1:PreferNoSchedule', 'node/w5 tainted\nnode/w6 tainted'],
      ],
    ],
  ])('%s', (_, steps) => {
    expect(played(steps.map(([line]) => line))).toEqual(steps.map(([, output]) => output));
  });
});

test('a pod’s period follows from the pod and the flags', () => {
  const periodOf = (line: string) => {
    const [step] = planned(line, start, { namespace: 'err' })?.steps ?? [];
    return typeof step === 'object' && step.request.verb === 'delete' ? step.request.gracePeriodSeconds : undefined;
  };
  expect(periodOf('delete pod web')).toBe(30);
  expect(periodOf('delete pod web --now')).toBe(1);
  expect(periodOf('delete pod web --grace-period=0')).toBe(1);
  expect(periodOf('delete pod web --grace-period=0 --force')).toBe(0);
  expect(periodOf('delete pod loose')).toBe(0);
  expect(periodOf('delete pv pv-a')).toBeUndefined();
});

test('what is not covered gives nothing', () => {
  expect(plannedCommands).not.toContain('apply');
  for (const line of [
    'kubectl apply -f x',
    'kubectl delete -f x',
    'kubectl get pods',
    'kubectl patch pod web -p "a: b"',
    'kubectl label pod web a=b --dry-run=client',
  ])
    expect(planned(line, start, { namespace: 'err' }), line).toBeUndefined();
});

test('a refusal with several causes is a list', () => {
  const error = { code: 422, reason: 'Invalid' as const, message: 'Deployment.apps "web" is invalid: …' };
  const causes = [
    { field: 'a', message: 'Forbidden: no' },
    { field: 'b', message: 'Required value' },
  ];
  expect(refusedText({ ...error, causes })).toBe('The Deployment "web" is invalid: \n* a: Forbidden: no\n* b: Required value');
  expect(refusedText({ ...error, causes: causes.slice(1) })).toBe('The Deployment "web" is invalid: b: Required value');
});
