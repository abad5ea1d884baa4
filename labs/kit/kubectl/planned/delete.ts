import { isKind } from '../../../engine/api/kinds.ts';
import { podGracePeriodSeconds } from '../../../engine/api/pod-deletion.ts';
import { keyOf } from '../../../engine/store/stored-object.ts';
import { choosingFlags, nameOf, refusal, targetsOf, type PlannedCommand, type Target } from './plan.ts';

const policies: Readonly<Record<string, 'Background' | 'Foreground' | 'Orphan'>> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' };
const immediate =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.';
const nothingNamed = [
  'error: You must provide one or more resources by argument or filename.',
  'Example resource specifications include:',
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
  "   '<resource> <name>'",
  "   '<resource>'",
];

/** `pod "web" deleted from default namespace`. */
function deletedText({ resource, object }: Target, isForced: boolean): string {
  const kind = `${resource.kind.toLowerCase()}${resource.group === '' ? '' : `.${resource.group}`}`;
  const { name, namespace } = object.metadata;
  return `${kind} ${JSON.stringify(name)} ${isForced ? 'force ' : ''}deleted${namespace === undefined ? '' : ` from ${namespace} namespace`}`;
}

/** Models kubectl pkg/cmd/delete; waiting for the end is left to the caller. */
export const deleteCommand: PlannedCommand = {
  name: 'delete',
  flags: [
    ...choosingFlags,
    { name: 'grace-period', kind: 'text' },
    { name: 'cascade', kind: 'text' },
    { name: 'now', kind: 'truth' },
    { name: 'force', kind: 'truth' },
    { name: 'wait', kind: 'truth' },
    { name: 'ignore-not-found', kind: 'truth' },
  ],
  plan: (line, surroundings) => {
    const { words, flags } = line;
    if (words.length === 0) return refusal(...nothingNamed);
    const isForced = flags.get('force') === 'true';
    const given = flags.get('grace-period');
    const isNow = flags.get('now') === 'true';
    if (isNow && given !== undefined) return refusal('error: --now and --grace-period cannot be specified together');
    // Without --force a period of 0 is taken as 1.
    const wanted = isNow ? 1 : given === undefined || Number(given) < 0 ? (isForced ? 0 : undefined) : given === '0' && !isForced ? 1 : Number(given);
    const found = targetsOf(line, surroundings);
    if (typeof found === 'string') return refusal(found);
    const cascade = flags.get('cascade') ?? 'background';
    const propagationPolicy = policies[cascade];
    if (propagationPolicy === undefined || Number.isNaN(wanted ?? 0)) return undefined;
    const isSilent = flags.get('ignore-not-found') === 'true' || flags.get('all') === 'true';
    const errors = isSilent ? found.errors.filter((error) => !error.includes('(NotFound)')) : found.errors;
    const steps = found.targets.map((target) => {
      const { object } = target;
      const period = isKind(object, 'Pod') ? { gracePeriodSeconds: podGracePeriodSeconds(object, wanted) } : {};
      return {
        request: { verb: 'delete' as const, key: keyOf(object), propagationPolicy, ...period },
        text: `deletes ${nameOf(object)}`,
        done: () => deletedText(target, isForced && wanted === 0),
      };
    });
    const none = steps.length === 0 && errors.length === 0 ? ['No resources found'] : [];
    return { steps: [...steps, ...none], errors, ...(isForced && { warnings: [immediate] }) };
  },
};
