import type { JsonObject } from '../../labs/engine/patch/json.ts';
import type { RecordedStep, Refusal, WorkloadsPlayer } from './workloads-player.ts';

/** Gives why nothing was done, if so. */
type Act = (player: WorkloadsPlayer, match: RegExpExecArray, step: RecordedStep) => Refusal | undefined;

/** What the recorder's actions mean; `kubectl` is played as the request that it sends, and as what it refuses by itself. */
const actions: readonly (readonly [pattern: RegExp, act: Act])[] = [
  [/^create/u, (player, _, { object }) => player.create(object ?? {})],
  [/^all waiting pods become ready/u, (player) => player.releaseAll()],
  [
    /^(?:one waiting pod becomes|pods become|waiting pods become) ready/u,
    (player, [action], { podsReleased }) => player.release(podsReleased ?? (action.startsWith('one') ? 1 : undefined)),
  ],
  [/^(\d+) pod\(s\) lose readiness/u, (player, [, count]) => player.loseReadiness(Number(count))],
  [/^(\S+) (loses|regains) readiness/u, (player, [, pod = '', verb]) => player.setReady(pod, verb === 'regains')],
  [/^all pods ready again/u, (player) => player.release()],
  [/^one pod deleted/u, (player) => player.deletePod(player.play.pods[0]?.metadata.name ?? '')],
  [/^kubectl delete pod (\S+)/u, (player, [, pod = '']) => player.deletePod(pod)],
  [/^kubectl delete (?:deployment|sts) \S+(.*)/u, (player, [, options = '']) => player.deleteSubject(options.includes('orphan') ? 'Orphan' : 'Background')],
  [/^kubectl scale rs .*--replicas=(\d+)/u, (player, [, count]) => player.scaleSets(Number(count))],
  [
    /^kubectl scale \S+(?: --current-replicas=(\d+))? --replicas=(\d+)/u,
    (player, [, expected, count]) => player.scale(Number(count), expected === undefined ? undefined : Number(expected)),
  ],
  [/^kubectl set image \S+ (\S+)=(\S+)/u, (player, [, name = '', image = '']) => player.patchContainer({ name, image })],
  [/^kubectl set env \S+ (\w+)=(\S+)/u, (player, [, name = '', value = '']) => player.patchContainer({ env: [{ name, value }] })],
  [/^kubectl set env \S+ (\w+)-/u, (player, [, name = '']) => player.patchContainer({ env: [{ $patch: 'delete', name }] })],
  [/^kubectl set resources .* --limits=cpu=(\S+)/u, (player, [, cpu = '']) => player.patchContainer({ resources: { limits: { cpu } } })],
  [
    /^kubectl (label|annotate) \S+ \S+ (\w+)=(\w+)/u,
    (player, [, verb, name = '', value = '']) => player.patch({ metadata: { [verb === 'label' ? 'labels' : 'annotations']: { [name]: value } } }),
  ],
  [/^kubectl patch \S+ \S+ -p '(.*)'/u, (player, [, patch = '{}']) => player.patch(JSON.parse(patch) as JsonObject)],
  [/^kubectl rollout restart/u, (player) => player.restart()],
  [/^kubectl rollout (pause|resume)/u, (player, [, verb]) => player.setPaused(verb === 'pause')],
  [
    /^kubectl rollout undo \S+(?: --to-revision=(\d+))?( --dry-run.*)?/u,
    (player, [, revision, dryRun]) => player.undo(revision === undefined ? undefined : Number(revision), dryRun !== undefined),
  ],
  [/^kubectl rollout history \S+(?: --revision=(\d+))?/u, (player, [, revision]) => player.history(revision === undefined ? undefined : Number(revision))],
  // What it prints is decided when the waiting is over.
  [/^kubectl rollout status deployment\//u, () => undefined],
  [/^(?:wait|nothing waits)/u, () => undefined],
];

/** The recorder waited until nothing changed, at least 0.8 s: most steps of the recordings took 1.0 to 1.3 s. */
const settleMs = 1000;

/** Takes a step, lets things settle and gives its exit status and error, as the recorder wrote them. Throws if nobody knows what the action means. */
export function takeStep(player: WorkloadsPlayer, step: RecordedStep): Pick<RecordedStep, 'exit' | 'error'> {
  const { action } = step;
  const found = actions.map(([pattern, act]) => ({ act, match: pattern.exec(action) })).find(({ match }) => match !== null);
  if (found?.match === undefined || found.match === null) throw new Error(`the action ${action} cannot be played`);
  const refusal = found.act(player, found.match, step);
  const waits = /(?:^wait |--timeout=)([\d.]+)s/u.exec(action);
  player.play.run(waits === null ? settleMs : Math.max(settleMs, Number(waits[1]) * 1000));
  if (!action.startsWith('kubectl')) return refusal === undefined ? {} : { error: { ...refusal } };
  const isRefused = action.includes('rollout status') ? player.statusRefusal(action) !== undefined : refusal !== undefined;
  return { exit: isRefused ? 1 : 0 };
}
