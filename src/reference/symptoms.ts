import { entryById } from './entry-list.ts';
import { errorMessages } from './error-messages.ts';

/** Error messages that the first page offers: one of each common kind of trouble, as people meet them. */
const offered = [
  'crash-loop-back-off',
  'image-pull-back-off',
  'insufficient-cpu',
  'untolerated-taint',
  'oom-killed',
  'readiness-probe-failed',
  'unbound-claim',
  'could-not-resolve-host',
  'connection-refused',
  'forbidden-namespace',
  'localhost-8080-refused',
  'multi-attach',
] as const;

/** An error text that readers meet, and the page that explains it. */
export interface Symptom {
  /** A real instance of it. */
  readonly text: string;
  readonly by: string;
  readonly means: string;
  readonly link: `/${string}`;
}

/** The texts that the first page offers. Throws when one is not in content/data/error-messages.yaml; none where that file is not there. */
export function symptoms(): readonly Symptom[] {
  const messages = errorMessages();
  if (messages.length === 0) return [];
  return offered.map((id) => {
    const { text, example, by, means } = entryById(messages, id, 'src/symptoms.ts, content/data/error-messages.yaml');
    return { text: example ?? text, by, means, link: `/errors/${id}/` };
  });
}
