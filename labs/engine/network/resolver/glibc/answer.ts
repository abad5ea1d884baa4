import { readAddress, type Address } from '../ip-literal.ts';
import type { Answer, QueryType } from '../types.ts';
import { isHostName, isSameName } from './domain-name.ts';

/** The addresses of an answer, the host's name, and the bytes that both take in the buffer of the NSS module. */
export interface Found {
  readonly addresses: readonly Address[];
  readonly canonicalName: string;
  readonly bufferBytes: number;
}

/** `struct gaih_addrtuple` on 64 bits: two pointers, a family, sixteen bytes of address and a scope. */
const tupleBytes = 40;
const pointerBytes = 8;
const addressBytes = { A: 4, AAAA: 16 } as const;

type AddressType = keyof typeof addressBytes;

/**
 * The addresses of a pair of answers, in the order in which these arrived. Undefined: neither holds an address of its name.
 * Models gaih_getanswer in resolv/nss_dns/dns-host.c.
 */
export function readPair(answers: readonly (Answer | undefined)[], qname: string, qtypes: readonly AddressType[]): Found | undefined {
  const addresses: Address[] = [];
  let canonicalName: string | undefined;
  let bufferBytes = 0;
  for (const answer of answers) {
    if (!answer || !isHostName(qname)) continue;
    const read = readRecords(answer, qname, qtypes);
    for (const address of read.addresses) {
      bufferBytes = aligned(bufferBytes, pointerBytes) + tupleBytes;
      addresses.push(address);
      if (canonicalName !== undefined) continue;
      canonicalName = read.names.at(-1) ?? '';
      bufferBytes += canonicalName.length + 1;
    }
  }
  return canonicalName === undefined ? undefined : { addresses, canonicalName, bufferBytes };
}

/** The addresses of a single answer, as for gethostbyname. Models getanswer_r in resolv/nss_dns/dns-host.c. */
export function readSingle(answer: Answer, qname: string, qtype: AddressType): Found | undefined {
  const { addresses, names } = readRecords(answer, qname, [qtype]);
  if (addresses.length === 0 || !isHostName(qname)) return undefined;
  const [asked = '', ...aliases] = names;
  const addressesEnd = aligned(asked.length + 1, 4) + addresses.length * addressBytes[qtype];
  const textsEnd = aliases.reduce((sum, name) => sum + name.length + 1, addressesEnd);
  const bufferBytes = aligned(textsEnd, pointerBytes) + pointerBytes * (addresses.length + 1 + names.length);
  return { addresses, canonicalName: names.at(-1) ?? '', bufferBytes };
}

/** An alias names the owner of the records behind it; `names` are the asked name and its aliases that can be host names. */
function readRecords(
  answer: Answer,
  qname: string,
  qtypes: readonly AddressType[],
): { readonly addresses: readonly Address[]; readonly names: readonly string[] } {
  const addresses: Address[] = [];
  const names = [textOfName(qname)];
  let owner = qname;
  for (const { type, name, data } of answer.records) {
    if (type === 'CNAME') {
      owner = data;
      if (isHostName(data)) names.push(textOfName(data));
    } else if (isAddressType(type) && qtypes.includes(type) && isSameName(name, owner)) {
      const address = readAddress(data);
      if (typeof address === 'object') addresses.push(address);
    }
  }
  return { addresses, names };
}

/** The host name in the answer to a reverse query. Models getanswer_ptr in resolv/nss_dns/dns-host.c. */
export function readHostName(answer: Answer, qname: string): string | undefined {
  let owner = qname;
  for (const { type, name, data } of answer.records) {
    if (type === 'CNAME') owner = data;
    else if (type === 'PTR' && isSameName(name, owner)) return isHostName(data) ? textOfName(data) : undefined;
  }
  return undefined;
}

function textOfName(qname: string): string {
  return qname === '.' ? qname : qname.replace(/\.$/, '');
}

function isAddressType(type: QueryType): type is AddressType {
  return type === 'A' || type === 'AAAA';
}

function aligned(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}
