import type { LabelSelector } from '../../engine/api/selectors.ts';
import { selectorText } from '../../engine/api/selectors.ts';
import type { JsonObject } from '../../engine/patch/json.ts';
import { fieldAt, objectsAt, textAt } from './field-at.ts';

/** Names and images of a template's containers, for two cells. `path` leads to the pod's spec. */
export function containerCells(workload: JsonObject, path = 'spec.template.spec'): readonly [names: string, images: string] {
  const containers = objectsAt(workload, `${path}.containers`);
  return [containers.map((each) => textAt(each, 'name')).join(','), containers.map((each) => textAt(each, 'image')).join(',')];
}

/** A workload's selector in a cell. */
export const selectorCell = (workload: JsonObject, path = 'spec.selector'): string => selectorText(fieldAt(workload, path) as LabelSelector | undefined);

/** Numbers of the status in cells; missing ones are 0. */
export const numbers = (workload: JsonObject, ...paths: readonly string[]): readonly string[] => paths.map((path) => textAt(workload, path) || '0');
