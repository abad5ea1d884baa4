import { readAddress, type Address } from '../ip-literal.ts';
import type { HostError, Process } from './process.ts';
import { ask, sortByNetworks, sourcesOf, type Buffer } from './sources.ts';

export interface HostEntry {
  readonly addresses: readonly Address[];
  readonly canonicalName: string;
}
/** `returned`: what the re-entrant function returns; only 0 says that the sources were asked in vain. */
export type HostResult = { readonly entry: HostEntry } | { readonly hostError: HostError; readonly returned: 'zero' | 'error' };

/** Models gethostbyname2_r: nss/getXXbyYY_r.c with nss/digits_dots.c before it. */
export function getHostByName(process: Process, name: string, family: 'inet' | 'inet6', buffer: Buffer): HostResult {
  const literal = readLiteral(name, family);
  if (literal !== undefined) {
    process.writer.add(
      { kind: 'local', source: literal === 'wrong' ? 'invalid' : 'numeric', found: true },
      literal === 'wrong' ? 'Only digits and dots, or a colon, but no address of this family: no query.' : 'The name is an address: nothing is asked.',
    );
    return literal === 'wrong' ? { hostError: 'HOST_NOT_FOUND', returned: 'zero' } : { entry: { addresses: [literal], canonicalName: name } };
  }
  // What holds if nsswitch.conf names no module that exists.
  let hostError: HostError = 'NO_RECOVERY';
  let status = 'missing';
  for (const source of sourcesOf(process)) {
    const result = ask(process, source.name, { name, family, checked: true }, buffer);
    if (!result) continue;
    hostError = result.hostError ?? hostError;
    status = result.status;
    const { found } = result;
    if (found) {
      const sorted = source.name === 'dns' && family === 'inet' ? sortByNetworks(found.addresses, process) : found.addresses;
      return { entry: { addresses: sorted, canonicalName: found.canonicalName } };
    }
    if (source.endsAt.has(result.status)) break;
  }
  return { hostError, returned: status === 'notfound' || (status === 'unavail' && hostError !== 'TRY_AGAIN') ? 'zero' : 'error' };
}

/** The text of an address, or what looks like one and is none. Models nss/digits_dots.c. */
function readLiteral(name: string, family: 'inet' | 'inet6'): Address | 'wrong' | undefined {
  const numeric = /^\d[\d.]*$/.test(name);
  const colons = /^(?:[\da-f].*:|:)/is.test(name);
  if (name.endsWith('.') || (!numeric && !colons)) return undefined;
  const address = name.includes('%') ? undefined : readAddress(name);
  if (typeof address === 'object' && address.family === family) return address;
  return numeric || family === 'inet' || /^[\da-f:.]*$/i.test(name) ? 'wrong' : undefined;
}
