import type { JsonObject } from '../../labs/engine/patch/json.ts';
import { isObject } from '../../labs/engine/patch/json.ts';
import type { StoredObject } from '../../labs/engine/store/stored-object.ts';
import { readYaml } from '../../labs/reading/read-yaml.ts';
import type { Comparator } from './comparator.ts';
import { isManifestSession, manifestsOf, type RecordedDefaultings, type RecordedSessions } from './review-recording.ts';
import { created, isReviewed, limited, printed, rationed } from './review-runner.ts';

const isRecord = (content: unknown): content is Readonly<Record<string, unknown>> => typeof content === 'object' && content !== null;

const isDefaultings = (content: unknown): content is RecordedDefaultings =>
  isRecord(content) && Array.isArray(content.defaulting) && content.defaulting.every((each) => isRecord(each) && 'manifest' in each && 'stored' in each);

const isSessions = (content: unknown): content is RecordedSessions =>
  isRecord(content) &&
  Array.isArray(content.scenarios) &&
  (content.scenarios as RecordedSessions['scenarios']).some((each) => Array.isArray(each.commands) && isManifestSession(each));

/** The stored object as the recorder wrote it down: without what every run makes anew. */
function normalised(object: StoredObject, namespace: string): unknown {
  const madeAnew = new Set(['uid', 'resourceVersion', 'creationTimestamp']);
  const metadata = Object.entries(object.metadata).filter(([field]) => !madeAnew.has(field));
  const text = JSON.stringify({ ...object, metadata: Object.fromEntries(metadata) });
  return JSON.parse(text.replaceAll(/kube-api-access-\w{5}"/gu, 'kube-api-access-<rand>"').replaceAll(`"namespace":"${namespace}"`, '"namespace":"<ns>"'));
}

/** Manifests and the objects that became of them. Kinds without rules are not compared. */
export const defaultingComparator: Comparator = {
  shape: 'defaulting',
  recognises: isDefaultings,
  compare: (content) => {
    if (!isDefaultings(content)) return [];
    const namespace = 'test-namespace';
    const limits = (content.limitrange ?? []).map((recorded) => ({
      id: `limitrange/${recorded.id}`,
      subject: 'limitrange',
      expected: recorded,
      got: limited(recorded),
    }));
    const defaulted = content.defaulting
      .filter(({ manifest }) => isReviewed(manifest))
      .map((recorded) => {
        const answer = created(recorded.manifest, namespace);
        const got = 'object' in answer ? { stored: normalised(answer.object, namespace) } : { error: answer.error };
        return { id: recorded.id, subject: 'defaulting', expected: recorded, got: got };
      });
    const quotas = (content.resourcequota ?? []).map((recorded) => ({
      id: `resourcequota/${recorded.id}`,
      subject: 'resourcequota',
      expected: recorded,
      got: rationed(recorded),
    }));
    return [...defaulted, ...limits, ...quotas];
  },
};

/** The object of a manifest, if it is one that the API server gets to see and whose fields it knows. */
export function comparedManifest({ stdin, stderr }: { readonly stdin: string; readonly stderr: string }): JsonObject | undefined {
  // What kubectl refuses by itself begins with `error:`.
  if (stderr.startsWith('error:')) return undefined;
  const value = readYaml(stdin).documents[0]?.value;
  const object = JSON.parse(JSON.stringify(value ?? null)) as JsonObject | null;
  return isObject(object ?? undefined) && object !== null && isReviewed(object) ? object : undefined;
}

/** Manifests with mistakes, and what kubectl prints of the server's answer. */
export const manifestComparator: Comparator = {
  shape: 'manifests',
  recognises: isSessions,
  compare: (content) =>
    isSessions(content)
      ? manifestsOf(content).flatMap((recorded) => {
          const manifest = comparedManifest(recorded);
          return manifest === undefined
            ? []
            : [
                {
                  id: recorded.id,
                  subject: 'manifests',
                  expected: recorded,
                  got: printed(created(manifest, recorded.namespace, recorded.command.includes('--validate=false') ? 'Ignore' : 'Strict')),
                },
              ];
        })
      : [],
};
