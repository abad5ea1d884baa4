import type { ResourceRecord } from '../resolver/types.ts';

/** Bytes of a message's header. */
const headerBytes = 12;
/** Bytes of an OPT record without options. */
const optBytes = 11;
/** Compression pointers reach names in the first 16 kB only. */
const pointerReachBytes = 0x4000;
/** A message without EDNS over UDP. */
const plainUdpBytes = 512;
/** A message over TCP. */
const tcpBytes = 65_535;

/** The sections of a message before its size is looked at. */
export interface Sections {
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

export interface Fitted extends Sections {
  readonly truncated: boolean;
  /** Bytes on the wire. */
  readonly sizeBytes: number;
}

/** Adds up a message; `seen` holds the names that a pointer can reach, or is undefined without compression. */
class Measure {
  bytes = headerBytes;
  private readonly seen: Set<string> | undefined;

  constructor(isCompressed: boolean) {
    this.seen = isCompressed ? new Set() : undefined;
  }

  name(name: string, mayPoint: boolean): void {
    const full = name === '.' ? 1 : name.length + 1;
    let saved = 0;
    for (let start = 0; this.seen !== undefined && start < name.length - 1; start = name.indexOf('.', start) + 1) {
      const suffix = name.slice(start);
      if (this.seen.has(suffix)) {
        saved = mayPoint ? full - start - 2 : 0;
        break;
      }
      if (this.bytes + start < pointerReachBytes) this.seen.add(suffix);
    }
    this.bytes += full - saved;
  }

  record(record: ResourceRecord): void {
    this.name(record.name, true);
    this.bytes += 10;
    const words = record.data.split(' ');
    switch (record.type) {
      case 'A':
        this.bytes += 4;
        return;
      case 'AAAA':
        this.bytes += 16;
        return;
      case 'CNAME':
      case 'NS':
      case 'PTR':
        this.name(record.data, true);
        return;
      case 'SRV':
        this.bytes += 6;
        // RFC 2782: the target of an SRV record is never compressed.
        this.name(words[3] ?? '.', false);
        return;
      case 'SOA':
        this.name(words[0] ?? '.', true);
        this.name(words[1] ?? '.', true);
        this.bytes += 20;
        return;
      case 'TXT':
      case 'ANY':
        this.bytes += record.data.length + Math.max(1, Math.ceil(record.data.length / 255));
    }
  }
}

function measure(qname: string, sections: Sections, isCompressed: boolean): number {
  const sum = new Measure(isCompressed);
  sum.name(qname, true);
  sum.bytes += 4;
  for (const record of [...sections.answer, ...sections.authority, ...sections.additional]) sum.record(record);
  return sum.bytes;
}

function cut(qname: string, sections: Sections, bytesMax: number): Sections {
  const sum = new Measure(true);
  sum.name(qname, true);
  sum.bytes += 4;
  let isFull = false;
  const fit = (records: readonly ResourceRecord[]): readonly ResourceRecord[] => {
    const kept: ResourceRecord[] = [];
    for (const record of records) {
      if (isFull || sum.bytes >= bytesMax) break;
      sum.record(record);
      if (sum.bytes > bytesMax) isFull = true;
      else kept.push(record);
    }
    return kept;
  };
  return { answer: fit(sections.answer), authority: fit(sections.authority), additional: fit(sections.additional) };
}

/**
 * Cuts a message to what the client can take: 512 bytes over UDP, the size of its OPT record, or 65,535 over TCP. A message that fits as it is stays
 * uncompressed; one that does not is compressed and then loses records from its end, which sets the TC bit.
 * // Models Msg.Truncate in miekg/dns and Request.Scrub in CoreDNS
 */
export function fitMessage(qname: string, sections: Sections, client: { readonly edns?: number; readonly transport: 'udp' | 'tcp' }): Fitted {
  const opt = client.edns === undefined ? 0 : optBytes;
  const bytesMax = client.transport === 'tcp' ? tcpBytes : Math.max(plainUdpBytes, client.edns ?? 0);
  const whole = measure(qname, sections, false) + opt;
  // A large message is compressed even where it fits, so that it is not split on an Ethernet of 1500 bytes.
  if (whole <= bytesMax)
    return { ...sections, truncated: false, sizeBytes: client.transport === 'udp' && whole > 1480 ? measure(qname, sections, true) + opt : whole };
  const fitted = cut(qname, sections, bytesMax - opt);
  const lost = (section: keyof Sections): boolean => fitted[section].length < sections[section].length;
  return { ...fitted, truncated: lost('answer') || lost('authority') || lost('additional'), sizeBytes: measure(qname, fitted, true) + opt };
}
