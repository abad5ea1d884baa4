import type { PodObject } from '../api/cluster-kinds.ts';
import { podKey, priorityOf, withNode, withPods, type NodeInfo } from './node-info.ts';
import type { Cycle, NodeFilter, Rejection, SchedulerPlugin } from './plugin.ts';

/** A rejection with the plugin that made it. */
export interface PluginRejection extends Rejection {
  readonly plugin: string;
}

/** What all plugins think of a pod before any node is looked at. */
export interface Filters {
  readonly filters: readonly { readonly plugin: string; readonly filter: NodeFilter }[];
  /** Set where a plugin lets no node come into question. */
  readonly refusal?: { readonly plugin: string; readonly reason: string };
  /** Only these nodes are looked at, and which plugins say so; absent: all. */
  readonly only?: { readonly nodeNames: readonly string[]; readonly plugins: readonly string[] };
}

/** Asks the plugins in their order; the first refusal ends it. Models framework/runtime RunPreFilterPlugins. */
export function filtersFor(plugins: readonly SchedulerPlugin[], cycle: Cycle): Filters {
  const filters: { plugin: string; filter: NodeFilter }[] = [];
  let only: Filters['only'];
  for (const { name, filter: prepare } of plugins) {
    const filter = prepare?.(cycle);
    if (filter === undefined) continue;
    if ('refused' in filter) return { filters, refusal: { plugin: name, reason: filter.refused } };
    filters.push({ plugin: name, filter });
    const { nodeNames } = filter;
    if (nodeNames === undefined) continue;
    const before = only;
    only = {
      nodeNames: before === undefined ? nodeNames : before.nodeNames.filter((each) => nodeNames.includes(each)),
      plugins: [...(before?.plugins ?? []), name].toSorted(),
    };
    if (only.nodeNames.length > 0) continue;
    const [one] = only.plugins;
    const which = only.plugins.length === 1 ? `plugin ${one ?? ''}` : `plugin(s) [${only.plugins.join(' ')}] simultaneously`;
    return { filters, refusal: { plugin: name, reason: `node(s) didn't satisfy ${which}` } };
  }
  return { filters, ...(only !== undefined && { only }) };
}

/** The rejection of a node that does not come into question from the start. */
export function leftOut({ only }: Filters, info: NodeInfo): PluginRejection | undefined {
  if (only === undefined || only.nodeNames.includes(info.name)) return undefined;
  const reason = `node(s) didn't satisfy plugin(s) [${only.plugins.join(' ')}]`;
  return { plugin: only.plugins[0] ?? '', reasons: [reason], canPreempt: false };
}

/** The first plugin that rejects a node, as it is. */
function firstRejection(all: Filters, info: NodeInfo): PluginRejection | undefined {
  const { filters } = all;
  const out = leftOut(all, info);
  if (out !== undefined) return out;
  for (const { plugin, filter } of filters) {
    const rejection = filter.check(info);
    if (rejection !== undefined) return { plugin, ...rejection };
  }
  return undefined;
}

/** Pods of at least the same priority that wait for a node to become free. */
function nominatedOn({ snapshot, pod }: Cycle, info: NodeInfo): readonly PodObject[] {
  return snapshot.nominated.filter(
    (other) => other.status?.nominatedNodeName === info.name && podKey(other) !== podKey(pod) && priorityOf(other) >= priorityOf(pod),
  );
}

/**
 * Whether a node is out: it must do both with and without the pods that are promised a place there. Models RunFilterPluginsWithNominatedPods.
 */
export function rejectionOf(plugins: readonly SchedulerPlugin[], cycle: Cycle, filters: Filters, info: NodeInfo): PluginRejection | undefined {
  const promised = nominatedOn(cycle, info);
  if (promised.length === 0) return firstRejection(filters, info);
  const fuller = withPods(info, [...info.pods, ...promised]);
  const fullerFilters = filtersFor(plugins, { ...cycle, snapshot: withNode(cycle.snapshot, fuller) });
  return firstRejection(fullerFilters, fuller) ?? firstRejection(filters, info);
}
