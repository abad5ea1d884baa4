import { words } from '../c-text.ts';
import { isMapped, readAddress, type Address } from '../ip-literal.ts';

/** A line of the hosts file: its address, its name and its aliases. */
export interface HostsEntry {
  readonly address: Address;
  readonly names: readonly string[];
}

type Family = 'unspec' | 'inet' | 'inet6';

const loopback: Address = { family: 'inet', bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1] };

/**
 * The first line that holds the name in any case and an address of the family; without `multi on` in host.conf, which images
 * do not bring, all later lines count nothing. Models nss/nss_files/files-hosts.c.
 */
export function findInHosts(file: string, name: string, family: Family): HostsEntry | undefined {
  return entries(file, family).find(({ names }) => names.some((each) => each.toLowerCase() === name.toLowerCase()));
}

/** The first line with the address. */
export function findAddressInHosts(file: string, wanted: Address): HostsEntry | undefined {
  return entries(file, wanted.family).find(({ address }) => String(address.bytes) === String(wanted.bytes));
}

function entries(file: string, family: Family): readonly HostsEntry[] {
  return file.split('\n').flatMap((line) => {
    const [text = '', ...names] = words(line.replace(/#.*/s, ''));
    const address = readEntryAddress(text, family);
    return address ? [{ address, names: names.length > 0 ? names : [''] }] : [];
  });
}

/** IPv4 only with all four parts, decimal and without leading zeros. For IPv4 `::1` counts as 127.0.0.1, but not the other way round. */
function readEntryAddress(text: string, family: Family): Address | undefined {
  const address = text.includes('%') ? undefined : readAddress(text);
  if (typeof address !== 'object' || (address.family === 'inet' && !/^(?:(?:0|[1-9]\d*)(?:\.(?!$)|$)){4}$/.test(text))) return undefined;
  if (family === 'unspec' || address.family === family) return address;
  if (family === 'inet6') return undefined;
  if (isMapped(address.bytes)) return { family, bytes: address.bytes };
  return address.bytes.every((byte, index) => byte === (index === 15 ? 1 : 0)) ? loopback : undefined;
}
