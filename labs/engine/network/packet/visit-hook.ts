import { runHook } from './netfilter.ts';
import { type Run, type Place, type Buffer, type HookVisit, memoryOf, errorOf } from './run.ts';
import { recordVisit } from './tells.ts';

/** Sends a packet through the rules of a namespace; undefined: it got no further. */
export function visit(run: Run, place: Place, buffer: Buffer, visited: HookVisit): Buffer | undefined {
  if (!place.namespace.rules) return buffer;
  const outcome = runHook({
    namespace: place.namespace,
    memory: memoryOf(run, place),
    hook: visited.hook,
    packet: buffer.packet,
    mark: buffer.mark,
    tracked: buffer.tracked,
    in: visited.in,
    out: visited.out,
    chooses: run.chooses,
    isBalanced: buffer.isBalanced === true,
    tells: run.options.tells !== false && !buffer.isQuiet,
  });
  run.randomPorts.push(...outcome.randomPorts);
  recordVisit(run, place, buffer, { visit: visited, outcome });
  const after: Buffer = { ...buffer, packet: outcome.packet, mark: outcome.mark, tracked: outcome.tracked };
  if (typeof outcome.verdict === 'object') run.sendError(place, after, errorOf(outcome.verdict.reject));
  if (outcome.verdict === 'send on') run.sendOn(place, after, outcome.balanced?.before ?? buffer.packet);
  return outcome.verdict === 'accept' ? after : undefined;
}
