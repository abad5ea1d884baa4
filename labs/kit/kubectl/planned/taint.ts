import type { JsonObject } from '../../../engine/patch/json.ts';
import { qualifiedName } from '../../../reading/name-rules.ts';
import { objectsAt, textAt } from '../field-at.ts';
import { choosingFlags, nameOf, patchOf, refusal, targetsOf, type Act, type PlannedCommand } from './plan.ts';

interface Change {
  readonly key: string;
  readonly value: string;
  /** '' only where a taint is taken away: any effect. */
  readonly effect: string;
  readonly isRemoval: boolean;
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const help = "See 'kubectl taint -h' for help and examples";

/** Reads `key=value:Effect`, `key:Effect` or either with a minus behind it. Models kubectl pkg/cmd/taint/utils.go. */
function changeOf(word: string): Change | readonly string[] {
  const isRemoval = word.endsWith('-');
  const [what = '', effect = '', ...rest] = (isRemoval ? word.slice(0, -1) : word).split(':');
  const [key = '', value = '', ...more] = what.split('=');
  if (rest.length > 0 || more.length > 0) return [`error: invalid taint spec: ${word}`, help];
  if (effect !== '' && !effects.includes(effect)) return [`error: invalid taint effect: ${effect}, unsupported taint effect`, help];
  // Without an effect the whole text counts as the key.
  const [wrong] = qualifiedName(effect === '' && !isRemoval ? what : key);
  if (wrong !== undefined) return [`error: invalid taint spec: ${word}, ${wrong}`, help];
  return effect === '' && !isRemoval ? [`error: invalid taint spec: ${word}`, help] : { key, value, effect, isRemoval };
}

/** The taints after the changes, with kubectl's word for it; a text: why it is refused. */
function tainted(node: JsonObject, changes: readonly Change[], overwrite: boolean): { readonly taints: readonly JsonObject[]; readonly word: string } | string {
  const held = objectsAt(node, 'spec.taints');
  const fits = (taint: JsonObject, { key, effect }: Change): boolean => taint.key === key && (effect === '' || taint.effect === effect);
  const additions = changes.filter(({ isRemoval }) => !isRemoval);
  const removals = changes.filter(({ isRemoval }) => isRemoval);
  const clash = additions.filter((change) => held.some((taint) => fits(taint, change)));
  if (clash.length > 0 && !overwrite) {
    return `error: node ${textAt(node, 'metadata.name')} already has ${clash.map(({ key }) => key).join(', ')} taint(s) with same effect(s) and --overwrite is false`;
  }
  const missing = removals.filter((change) => !held.some((taint) => fits(taint, change)));
  if (missing.length > 0) return `error: ${missing.map(({ key, effect }) => `taint "${key}${effect === '' ? '' : `:${effect}`}" not found`).join('\n')}`;
  const added = additions.map(({ key, value, effect }): JsonObject => ({ key, ...(value !== '' && { value }), effect }));
  const kept = held.filter((taint) => !changes.some((change) => fits(taint, change)));
  const word = removals.length === 0 ? (clash.length > 0 ? 'modified' : 'tainted') : additions.length === 0 ? 'untainted' : 'modified';
  return { taints: [...added, ...kept], word };
}

/** Models kubectl pkg/cmd/taint. */
export const taintCommand: PlannedCommand = {
  name: 'taint',
  flags: [...choosingFlags, { name: 'overwrite', kind: 'truth' }],
  plan: (line, surroundings) => {
    const first = line.words.findIndex((word, index) => index > 0 && /[:=]|-$/u.test(word));
    if (first === -1) return refusal('error: at least one taint update is required');
    const changes = line.words.slice(first).map((word) => changeOf(word));
    const wrong = changes.find((change): change is readonly string[] => Array.isArray(change));
    if (wrong !== undefined) return refusal(...wrong);
    const found = targetsOf({ ...line, words: line.words.slice(0, first) }, surroundings);
    if (typeof found === 'string') return refusal(found);
    const steps: Act[] = [];
    for (const { object } of found.targets) {
      const result = tainted(object, changes as readonly Change[], line.flags.get('overwrite') === 'true');
      if (typeof result === 'string') return { steps, errors: [...found.errors, result] };
      const request = patchOf(object, { spec: { taints: result.taints.length === 0 ? null : result.taints } });
      steps.push({ request, text: `taints ${nameOf(object)}`, done: () => `node/${object.metadata.name} ${result.word}` });
    }
    return { steps, errors: found.errors };
  },
};
