import { renamed, type Renames } from '../reader/renamed.ts';
import type { PageLab, ScenarioName } from './page-scenario.ts';

/** The scenarios of a lab that were renamed: former id → present id. Undefined when none was, so that no page carries an empty list. For the build only. */
export function formerScenarios(labId: string, scenarios: readonly Pick<ScenarioName, 'id'>[], renames: Renames = renamed): PageLab['former'] {
  const prefix = `labs/${labId}/`;
  const former = [...renames].flatMap(([from, to]): readonly (readonly [string, string])[] => {
    // Drafts of listings are called like scenarios.
    const now = scenarios.find(({ id }) => prefix + id === to);
    return from.startsWith(prefix) && now ? [[from.slice(prefix.length), now.id]] : [];
  });
  return former.length === 0 ? undefined : Object.fromEntries(former);
}
