import type { JsonObject } from '../../../engine/patch/json.ts';
import { labelValue } from '../../../reading/name-rules.ts';
import { objectAt, textAt } from '../field-at.ts';
import { objectText } from '../resources.ts';
import { choosingFlags, nameOf, patchOf, refusal, targetsOf, type Act, type PlannedCommand, type Target } from './plan.ts';

interface Words {
  readonly name: 'label' | 'annotate';
  readonly noun: 'label' | 'annotation';
  readonly field: 'labels' | 'annotations';
}

/** `key=value` sets, `key-` takes away. */
const isChange = (word: string): boolean => /^[^=]+=/u.test(word) || /^[^=]+-$/u.test(word);

/** Values of labels are checked before anything is sent; their names are left to the API server. */
function wrongValue(change: string): readonly string[] {
  const equals = change.indexOf('=');
  const wrong = equals === -1 ? [] : labelValue(change.slice(equals + 1));
  return wrong.length === 0 ? [] : [`error: invalid label value: ${JSON.stringify(change)}: ${wrong.join('; ')}`];
}

/** What is done to one object; a text: why it is refused. */
function changed(
  { resource, object }: Target,
  changes: readonly string[],
  { name, noun, field }: Words,
  overwrite: boolean,
): readonly (Act | string)[] | { readonly error: string } {
  const held = objectAt(object, `metadata.${field}`);
  const patch: Record<string, string | null> = {};
  const missing: string[] = [];
  for (const change of changes) {
    const equals = change.indexOf('=');
    const key = equals === -1 ? change.slice(0, -1) : change.slice(0, equals);
    const value = equals === -1 ? null : change.slice(equals + 1);
    const before = Object.hasOwn(held, key) ? textAt({ before: held[key] ?? null }, 'before') : undefined;
    if (value === null && before === undefined) missing.push(`${noun} "${key}" not found.`);
    else if (value === null || value !== before) {
      if (value !== null && before !== undefined && !overwrite) return { error: `error: '${key}' already has a value (${before}), and --overwrite is false` };
      patch[key] = value;
    }
  }
  const target = objectText(resource, object.metadata.name);
  const values = Object.values(patch);
  if (name === 'label' && values.length === 0) return [...missing, `${target} not labeled`];
  const past = name === 'annotate' ? 'annotated' : values.every((value) => value === null) ? 'unlabeled' : 'labeled';
  const content: JsonObject = { metadata: { [field]: patch } };
  const verb = name === 'annotate' ? 'annotates' : 'labels';
  return [...missing, { request: patchOf(object, content), text: `${verb} ${nameOf(object)}`, done: () => `${target} ${past}` }];
}

function marking(words: Words): PlannedCommand {
  return {
    name: words.name,
    flags: [...choosingFlags, { name: 'overwrite', kind: 'truth' }],
    plan: (line, surroundings) => {
      const first = line.words.findIndex((word, index) => index > 0 && isChange(word));
      const changes = first === -1 ? [] : line.words.slice(first);
      if (line.words.length === 0) return refusal('error: one or more resources must be specified as <resource> <name> or <resource>/<name>');
      if (changes.length === 0) return refusal(`error: at least one ${words.noun} update is required`);
      const wrong = words.name === 'label' ? changes.flatMap((change) => wrongValue(change)) : [];
      if (wrong.length > 0) return refusal(...wrong);
      const found = targetsOf({ ...line, words: line.words.slice(0, first) }, surroundings);
      if (typeof found === 'string') return refusal(found);
      const steps: (Act | string)[] = [];
      for (const target of found.targets) {
        const done = changed(target, changes, words, line.flags.get('overwrite') === 'true');
        if ('error' in done) return { steps, errors: [...found.errors, done.error] };
        steps.push(...done);
      }
      return { steps, errors: found.errors };
    },
  };
}

/** Models kubectl pkg/cmd/label. */
export const labelCommand = marking({ name: 'label', noun: 'label', field: 'labels' });

/** Models kubectl pkg/cmd/annotate. */
export const annotateCommand = marking({ name: 'annotate', noun: 'annotation', field: 'annotations' });
