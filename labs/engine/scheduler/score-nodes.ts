import type { NodeInfo } from './node-info.ts';
import type { Cycle, SchedulerPlugin } from './plugin.ts';

/** The points of one plugin for one node. */
export interface PluginScore {
  /** As the plugin counts. */
  readonly raw: number;
  /** From 0 to 100. */
  readonly normalised: number;
  /** Times the plugin's weight. */
  readonly weighted: number;
}

/** The points of a node: by plugin, and their sum. */
export interface NodeScores {
  readonly plugins: Readonly<Record<string, PluginScore>>;
  readonly total: number;
}

/** Scores the nodes that passed, in their order; plugins that have nothing to say of the pod are left out. Models framework/runtime RunScorePlugins. */
export function scoresOf(plugins: readonly SchedulerPlugin[], cycle: Cycle, infos: readonly NodeInfo[]): readonly NodeScores[] {
  const columns = plugins.flatMap(({ name, weight = 1, scorer: prepare }) => {
    const scorer = prepare?.(cycle, infos);
    if (scorer === undefined) return [];
    const raw = infos.map((info) => scorer.score(info));
    return [{ name, weight, raw, normalised: scorer.normalised?.(raw, infos) ?? raw }];
  });
  return infos.map((_, index) => {
    const scores = columns.map(({ name, weight, raw, normalised }): readonly [string, PluginScore] => {
      const points = normalised[index] ?? 0;
      return [name, { raw: raw[index] ?? 0, normalised: points, weighted: points * weight }];
    });
    return { plugins: Object.fromEntries(scores), total: scores.reduce((total, [, { weighted }]) => total + weighted, 0) };
  });
}
