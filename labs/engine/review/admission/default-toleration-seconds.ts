import type { JsonObject } from '../../patch/json.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { objectAt, objectsAt, textAt } from '../read-fields.ts';

const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
/** A pod stays so long on a node that does not answer. */
const tolerationSeconds = 300;

const tolerates = (toleration: JsonObject, key: string): boolean =>
  ['', key].includes(textAt(toleration, 'key')) && ['', 'NoExecute'].includes(textAt(toleration, 'effect'));

/** Pods stay five minutes on a node that is not ready or not reachable, unless they say how long. Models plugin/pkg/admission/defaulttolerationseconds. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  kinds: ['Pod'],
  mutate: ({ object }) => {
    const spec = objectAt(object, 'spec');
    const tolerations = objectsAt(spec, 'tolerations');
    const missing = keys.filter((key) => !tolerations.some((toleration) => tolerates(toleration, key)));
    if (missing.length === 0) return object;
    const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds }));
    return { ...object, spec: { ...spec, tolerations: [...tolerations, ...added] } };
  },
};
