/** How a lookup at one place ended. */
export type Status = 'success' | 'notfound' | 'unavail' | 'tryagain';

/** A place where names are looked up, and after which results the search ends there. */
export interface Source {
  readonly name: string;
  readonly endsAt: ReadonlySet<Status>;
}

export interface Sources {
  /** The line that decided; undefined where none did. */
  readonly line: string | undefined;
  readonly sources: readonly Source[];
}

const statuses: readonly Status[] = ['success', 'notfound', 'unavail', 'tryagain'];
/** What glibc does without a hosts line: nss/nss_database.c. */
const sourcesByDefault = 'files dns';

/** Reads the hosts line of nsswitch.conf. Models nss/nss_action_parse.c and nss_database.c. */
export function readSources(file: string | null): Sources {
  const lines = (file ?? '').split('\n').map((text) => text.replace(/#.*/s, '').trim());
  const line = lines.findLast((text) => /^hosts\s*:/.test(text));
  const text = line?.replace(/^hosts\s*:/, '') ?? sourcesByDefault;
  const sources = [...text.matchAll(/([^\s[\]]+)\s*(?:\[([^\]]*)\])?/g)].map(([, name = '', actions = '']) => ({ name, endsAt: readActions(actions) }));
  return { line, sources };
}

/** `[NOTFOUND=return]`, `[!UNAVAIL=return]`: without such a word only success ends the search. */
function readActions(text: string): ReadonlySet<Status> {
  const endsAt = new Set<Status>(['success']);
  for (const [, not, word = '', action = ''] of text.toLowerCase().matchAll(/(!?)\s*(\w+)\s*=\s*(\w+)/g)) {
    for (const status of statuses) {
      if ((status === word) === (not === '!')) continue;
      if (action === 'return') endsAt.add(status);
      else endsAt.delete(status);
    }
  }
  return endsAt;
}
