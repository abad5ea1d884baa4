import { createWholeCluster, allControllers } from '../../labs/engine/all.ts';
import { brokenInvariant } from '../../labs/engine/invariants/cluster-invariants.ts';
import type { Cluster } from '../../labs/engine/loop/cluster.ts';
import type { Planned } from '../../labs/engine/loop/controller.ts';
import { enqueued } from '../../labs/engine/loop/work-queue.ts';
import { keyOf, type StoredObject } from '../../labs/engine/store/stored-object.ts';
import { createCsiControllers } from '../../labs/engine/volumes/volume-controllers.ts';
import { clusterMachine } from '../../labs/kit/cluster-lab/cluster-acts.ts';
import { deletionOf, objectOfSubject } from '../../labs/kit/cluster-lab/object-key.ts';
import type { Command, Program } from './command.ts';

const drivers = createCsiControllers([
  { name: 'disk.csi.example.com' },
  { name: 'files.csi.example.com', accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] },
]);
const controllers = [...allControllers, ...drivers];

/** The whole cluster, with a disk driver and a file server. */
export const engine = createWholeCluster(drivers);
const machine = clusterMachine(engine, {});

/** Longer than the slowest chain: a node falls silent (50 s), its pods are evicted (300 s), their disks taken away (360 s). */
const settleMs = 900_000;
/** A look takes one step. Whole programs need some hundred; a wait that needs more than this does not end. */
const stepsMax = 4000;

/** Says where in the program something went wrong. */
class ProgramError extends Error {}

/** A cluster in the hands of a program, checked after every step. */
export class Run {
  cluster: Cluster;
  steps = 0;

  constructor(from: Cluster = engine.start({ seed: 'program' })) {
    this.cluster = from;
  }

  /** Takes the next state of the cluster; throws if an invariant is broken. */
  to(cluster: Cluster): void {
    if (cluster === this.cluster) return;
    const problem = brokenInvariant(cluster, this.cluster);
    if (problem !== undefined) throw new ProgramError(problem);
    this.cluster = cluster;
  }

  /** Step by step until `untilMs`; throws if that takes too many steps. */
  until(untilMs: number): void {
    for (let steps = 0; (engine.nextAtMs(this.cluster) ?? Number.POSITIVE_INFINITY) <= untilMs; steps += 1) {
      if (steps > stepsMax) throw new ProgramError(`it does not end: ${firstWork(this.cluster)}`);
      this.to(engine.step(this.cluster));
      this.steps += 1;
    }
    this.to({ ...this.cluster, clockMs: Math.max(this.cluster.clockMs, untilMs) });
  }

  do(command: Command): void {
    if (command.do === 'pass' || command.do === 'settle') this.until(this.cluster.clockMs + msOf(command));
    else this.to(changed(this.cluster, command));
  }
}

type Waiting = Extract<Command, { readonly do: 'pass' | 'settle' }>;
type Naming = Extract<Command, { readonly object: string }>;

const msOf = (command: Waiting): number => (command.do === 'pass' ? command.ms : settleMs);

/** The cluster after a command that takes no time. What cannot be done changes nothing. */
function changed(cluster: Cluster, command: Exclude<Command, Waiting>): Cluster {
  if (command.do === 'world') return acted(cluster, { type: 'world', fact: command.fact, value: command.value });
  if (command.do === 'apply') return acted(cluster, { type: 'apply', objects: [command.object] });
  const object = objectOfSubject(cluster.store, command.object);
  return object === undefined ? cluster : engine.request(cluster, requestOf(command, object), { text: `${command.do} ${command.object}` }).cluster;
}

const acted = (cluster: Cluster, action: Parameters<typeof machine.reduce>[1]): Cluster => machine.reduce({ cluster, beginMs: 0, logBegin: 0 }, action).cluster;

function firstWork({ queue, clockMs }: Cluster): string {
  const next = queue.items[0]?.slice(0, 3).map(({ value: { controller, key, dueMs } }) => `${controller} ${key} at ${dueMs}`);
  return `at ${clockMs} ms there is still ${next?.join(', ') ?? 'nothing'}`;
}

function requestOf(command: Naming, object: StoredObject): Planned {
  const key = keyOf(object);
  switch (command.do) {
    case 'patch':
      return { verb: 'patch', key, patchType: 'merge', patch: command.patch };
    case 'strip':
      return { verb: 'patch', key, patchType: 'merge', patch: { metadata: { finalizers: null } } };
    case 'delete': {
      const cascade = command.cascade === undefined ? {} : { propagationPolicy: command.cascade };
      return { ...deletionOf(object), ...cascade, ...(command.force === true && object.kind === 'Pod' && { gracePeriodSeconds: 0 }) };
    }
  }
}

/** Plays a program; throws when an invariant breaks, or when it does not end. */
export function played(program: Program, from?: Cluster): Run {
  const run = new Run(from);
  for (const [index, command] of program.entries()) {
    try {
      run.do(command);
    } catch (error) {
      if (error instanceof ProgramError) throw new ProgramError(`command ${index} (${command.do}), ${run.cluster.clockMs} ms: ${error.message}`);
      throw error;
    }
  }
  return run;
}

/** The same program without looking in between, and with a JSON round trip before command `middle`. */
export function replayed(program: Program, middle: number): Cluster {
  const run = new Run();
  const quick = (untilMs: number): Cluster => engine.run(run.cluster, { untilMs, stepsMax: stepsMax * 2 }).cluster;
  for (const [index, command] of program.entries()) {
    if (index === middle) run.cluster = JSON.parse(JSON.stringify(run.cluster)) as Cluster;
    if (command.do === 'pass' || command.do === 'settle') run.cluster = quick(run.cluster.clockMs + msOf(command));
    else run.cluster = changed(run.cluster, command);
  }
  return run.cluster;
}

/** The cluster with every key of every controller but the scheduler due at once, as after a restart of the control plane. */
export function withEveryKeyDue(cluster: Cluster): Cluster {
  const objects = objectsOf(cluster);
  let { queue } = cluster;
  for (const [place, controller] of controllers.entries()) {
    if (controller.name === 'default-scheduler') continue;
    const view = { store: cluster.store, nowMs: cluster.clockMs, world: cluster.world, memory: cluster.memory[controller.name] ?? null };
    const heard = objects.filter(({ kind }) => controller.watches.includes(kind) || controller.watches.includes('*'));
    const works = heard.flatMap((object) => controller.enqueue({ type: 'ADDED', object }, view));
    for (const { key, rank = 0 } of works)
      queue = enqueued(queue, { controller: controller.name, key, dueMs: cluster.clockMs, rank: [place, rank], cause: 1, failures: 0 });
  }
  return { ...cluster, queue };
}

/** The objects but Events: those count how often something was said. */
export function objectsOf({ store }: Cluster): readonly StoredObject[] {
  return Object.values(store.objects)
    .flatMap((chunks) => chunks.flat().map(({ value }) => value))
    .filter(({ kind }) => kind !== 'Event');
}
