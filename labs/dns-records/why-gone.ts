import { keyOf } from './input.ts';
import type { Situation } from './situation.ts';

/** Why a record is not there any more. */
export function whyGone({ cluster }: Pick<Situation, 'cluster'>, { namespace = '', name }: Situation['gone'][number]['from']): string {
  const isThere = cluster.services.some((service) => keyOf(service) === `${namespace}/${name}`);
  return isThere ? `Service ${name} has no such endpoint any more` : `Service ${name} is not there any more`;
}
