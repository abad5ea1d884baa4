import { counted } from '../c-text.ts';
import { readAddress } from '../ip-literal.ts';
import type { Answer, QueryType, Transport } from '../types.ts';
import { settingsOf, type Process, type Sequence, type SystemError } from './process.ts';
import type { Settings } from './resolv-conf.ts';

/** One name and the one or two types that are asked for it. */
export interface Asked {
  readonly qname: string;
  readonly qtypes: readonly QueryType[];
  /** The query takes the place of another one (no-aaaa): it offers no EDNS. */
  readonly substitute?: boolean;
}
/** What came back, in the order of arrival; undefined in the first place: only the second answer is of use. */
export type Answers = readonly (Answer | undefined)[];
type Outcome = Answers | 'next' | 'tcp';

interface Arrival {
  readonly atMs: number;
  readonly qtype: QueryType;
  readonly queryIndex: number;
  readonly eventId: number;
  /** Absent: the kernel reports that the server cannot be reached. */
  readonly answer?: Answer;
}

/** Linux asks three times, once a second, for the hardware address of a neighbour before it gives up (`mcast_solicit`). */
const neighbourMs = 3000;
/** Linux repeats a TCP connection request six times within 127 s (`tcp_syn_retries`); glibc itself sets no limit for TCP. */
const tcpMs = 127_000;
/** The kernel sends what goes to the empty address to its own machine. */
const loopbackFor: Readonly<Partial<Record<string, string>>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const failures: readonly string[] = ['SERVFAIL', 'NOTIMP', 'REFUSED'];

/**
 * The time in seconds for which glibc waits for a server's answer: timeout doubled for each server before it, and from the second
 * on divided by their number, at least 1. Models the start of send_dg in resolv/res_send.c.
 */
export function waitSeconds({ timeoutSeconds, servers }: Pick<Settings, 'timeoutSeconds' | 'servers'>, index: number): number {
  const shifted = timeoutSeconds << index;
  return Math.max(1, index > 0 ? Math.trunc(shifted / servers.length) : shifted);
}

/** The attempts to get one name's answers from the servers. Models send_dg and send_vc in resolv/res_send.c. */
export class Exchange {
  /** Some answer came, or waiting for one ended: then a failure is a time-out, otherwise nobody was there. */
  gotSomewhere = false;
  tcpError: SystemError = 'timeout';
  attempt = 0;
  readonly #process: Process;
  readonly #asked: Asked;
  readonly #settings: Settings;
  /** What is under way to the open sockets: a late answer counts as long as its socket stays open. */
  readonly #sockets = new Map<number, Arrival[]>();
  #cause: number;

  constructor(process: Process, asked: Asked) {
    this.#process = process;
    this.#asked = asked;
    this.#settings = settingsOf(process);
    this.#cause = process.writer.lastId;
  }

  /** One try with one server: answers, or what to do instead. */
  tryServer(index: number, transport: Transport): Outcome {
    this.#cause = this.#process.writer.lastId;
    if (transport === 'tcp') return this.#overTcp(index);
    const before = this.gotSomewhere;
    for (;;) {
      const outcome = this.#overUdp(index);
      if (outcome !== 'again') return outcome;
      this.gotSomewhere = before;
    }
  }

  /** One round over UDP; `again`: one of two answers is missing, so the round is repeated in a more careful sequence. */
  #overUdp(index: number): Outcome | 'again' {
    const { qtypes } = this.#asked;
    const { writer } = this.#process;
    const deadlineMs = writer.nowMs + 1000 * waitSeconds(this.#settings, index);
    const serial = this.#sequence() !== 'both at once';
    const got: (Answer | undefined)[] = [];
    const open = [...qtypes];
    if (!this.#send(index, serial ? qtypes.slice(0, 1) : qtypes, 'udp')) return 'next';
    for (;;) {
      const arrival = this.#take(index, deadlineMs);
      if (!arrival) return this.#timeOut(index, got, open);
      const verdict = this.#judge(arrival, index, got, open);
      if (verdict !== 'wait') return verdict;
      const rest = serial && got.length === 1 && open.length === 1 && got[0] ? open : [];
      if (rest.length === 0) continue;
      if (this.#sequence() === 'single-request-reopen') this.#sockets.clear();
      if (!this.#send(index, rest, 'udp')) return 'next';
    }
  }

  #sequence(): Sequence {
    const { flags } = this.#settings;
    const { sequence } = this.#process;
    if (flags.has('single-request-reopen')) return 'single-request-reopen';
    return sequence === 'both at once' && flags.has('single-request') ? 'single-request' : sequence;
  }

  /** Sends without waiting in between. False: the port is closed, or there is no address to send from. */
  #send(index: number, qtypes: readonly QueryType[], transport: Transport): boolean {
    const { writer, surroundings } = this.#process;
    const { servers, flags, attempts } = this.#settings;
    const listed = servers[index] ?? '';
    const server = loopbackFor[listed] ?? listed;
    const options = { ...(flags.has('edns0') && this.#asked.substitute !== true && { edns: 1200 }), ...(flags.has('trust-ad') && { ad: true }) };
    for (const [place, qtype] of qtypes.entries()) {
      const which = `server ${index + 1} of ${servers.length}, attempt ${this.attempt} of ${attempts}`;
      const how =
        place === 1
          ? `${qtype} follows ${transport === 'tcp' ? 'on the same connection' : 'from the same socket'} without waiting`
          : `${qtype} goes to ${which}`;
      const { delivery, eventId, queryIndex } = writer.send(
        { server, qname: this.#asked.qname, qtype, transport, ...options },
        this.attempt,
        `${how}.`,
        this.#cause,
      );
      if (delivery.kind === 'closed' || delivery.kind === 'unreachable') {
        const family = server.includes(':') ? 'inet6' : 'inet';
        const routed = delivery.kind === 'unreachable' && surroundings.addresses.some((text) => familyOf(text) === family);
        if (routed) this.#expect(index, { atMs: writer.nowMs + neighbourMs, qtype, queryIndex: -1, eventId: this.#cause });
        else this.#refuse(server, qtype, delivery.kind, 0);
        return routed;
      }
      if (delivery.kind === 'answer') this.#expect(index, { atMs: writer.nowMs + delivery.afterMs, qtype, queryIndex, eventId, answer: delivery.answer });
    }
    return true;
  }

  #expect(index: number, arrival: Arrival): void {
    const arrivals = [...(this.#sockets.get(index) ?? []), arrival];
    this.#sockets.set(
      index,
      arrivals.sort((one, other) => one.atMs - other.atMs),
    );
  }

  /** The next thing that arrives at the server's socket before the deadline; waits for either. */
  #take(index: number, deadlineMs: number): Arrival | undefined {
    const { writer } = this.#process;
    const [arrival, ...later] = this.#sockets.get(index) ?? [];
    const inTime = arrival !== undefined && arrival.atMs < deadlineMs;
    writer.wait(inTime ? Math.max(writer.nowMs, arrival.atMs) : deadlineMs);
    if (!inTime) return undefined;
    this.#sockets.set(index, later);
    return arrival;
  }

  #refuse(server: string, qtype: QueryType, how: 'closed' | 'unreachable', waitedMs: number): void {
    const because = how === 'closed' ? `Nothing listens at ${server}; the kernel says so at once` : `The kernel finds no way to ${server}`;
    this.#process.writer.add({ kind: 'refused', server, qtype, how }, `${because}${waitedMs > 0 ? ` and says so after ${waitedMs} ms` : ''}.`, this.#cause);
    this.#sockets.clear();
  }

  /** What an arriving message means; `wait`: an answer is still missing. */
  #judge(arrival: Arrival, index: number, got: (Answer | undefined)[], open: QueryType[]): Outcome | 'wait' {
    const { answer, qtype } = arrival;
    const { writer, version } = this.#process;
    const server = this.#settings.servers[index] ?? '';
    if (!answer) {
      this.#refuse(server, qtype, 'unreachable', neighbourMs);
      return 'next';
    }
    const receivedId = this.#receive(arrival, answer);
    this.gotSomewhere = true;
    if (!open.includes(qtype)) {
      writer.add({ kind: 'decide', next: 'stop' }, `${qtype} is already answered: this answer is late and counts nothing.`, receivedId);
      return 'wait';
    }
    if (got.length === 0) this.#process.firstRcode = answer.rcode;
    const pair = this.#asked.qtypes.length > 1;
    if (isFailure(answer)) {
      const strict = pair && version === 'glibc-2.41' && this.#settings.flags.has('strict-error');
      if (strict || !pair || (got.length === 0 && this.#sequence() !== 'both at once')) {
        if (strict) writer.add({ kind: 'decide', next: 'stop' }, `strict-error: ${failureText(answer)} for ${qtype} makes the whole pair fail.`, receivedId);
        this.#sockets.clear();
        return 'next';
      }
      if (got.length > 0) return got[0] ? this.#acceptOne(got, answer, qtype) : 'next';
      writer.add({ kind: 'decide', next: 'remember' }, `${failureText(answer)} for ${qtype}: glibc still waits for the other answer of the pair.`, receivedId);
      got.push(undefined);
    } else if (answer.truncated) {
      this.#sockets.clear();
      writer.add(
        { kind: 'decide', next: 'tcp' },
        `The answer was cut: glibc sends ${pair ? 'both queries' : 'the query'} to ${server} again, over TCP.`,
        receivedId,
      );
      return 'tcp';
    } else {
      got.push(answer);
    }
    open.splice(open.indexOf(qtype), 1);
    return open.length === 0 ? got : 'wait';
  }

  #acceptOne(got: Answers, answer: Answer, qtype: QueryType): Answers {
    this.#process.writer.add(
      { kind: 'decide', next: 'accept' },
      `${failureText(answer)} for ${qtype} is passed over, because the other query of the pair has its answer.`,
    );
    return got;
  }

  #receive({ queryIndex, eventId, qtype }: Arrival, answer: Answer): number {
    return this.#process.writer.add({ kind: 'receive', queryIndex, answer }, answer.because ?? `The answer for ${qtype} is ${answer.rcode}.`, eventId);
  }

  #timeOut(index: number, got: Answers, open: readonly QueryType[]): Outcome | 'again' {
    const { servers, timeoutSeconds } = this.#settings;
    const seconds = waitSeconds(this.#settings, index);
    const share = index > 0 ? ` (timeout ${timeoutSeconds} s doubled ${counted(index, 'time')}, divided by ${servers.length} servers)` : '';
    const { writer } = this.#process;
    const queryIndexes = writer.indexesOf(this.#asked.qname, open);
    writer.add({ kind: 'timeout', queryIndexes, waitedMs: 1000 * seconds }, `No answer for ${open.join(' and ')} within ${seconds} s${share}.`, this.#cause);
    this.#cause = writer.lastId;
    this.gotSomewhere = true;
    if (!got[0]) return 'next';
    const sequence = this.#sequence();
    if (sequence === 'single-request-reopen') {
      writer.add({ kind: 'decide', next: 'accept' }, `glibc has tried all its ways to send the pair and goes on with the one answer it has.`);
      return got;
    }
    this.#process.sequence = sequence === 'both at once' ? 'single-request' : 'single-request-reopen';
    if (sequence === 'single-request') this.#sockets.clear();
    const how = sequence === 'both at once' ? 'the second only after the first is answered' : 'each from a socket of its own';
    this.#cause = writer.add(
      { kind: 'decide', next: 'one by one' },
      `One answer came, the other did not: perhaps the network loses one of two queries. glibc repeats both, ${how}, and keeps to that.`,
    );
    return 'again';
  }

  /** Both queries on one connection; an answer counts whatever its rcode. */
  #overTcp(index: number): Outcome {
    const { writer } = this.#process;
    const { qtypes } = this.#asked;
    this.#sockets.clear();
    const startMs = writer.nowMs;
    this.tcpError = 'refused';
    if (!this.#send(index, qtypes, 'tcp')) return 'next';
    const got: Answer[] = [];
    while (got.length < qtypes.length) {
      const arrival = this.#take(index, startMs + tcpMs);
      if (arrival?.answer) {
        if (got.length === 0) this.#process.firstRcode = arrival.answer.rcode;
        this.#receive(arrival, arrival.answer);
        got.push(arrival.answer);
        continue;
      }
      this.tcpError = arrival ? 'other' : 'timeout';
      if (arrival) this.#refuse(this.#settings.servers[index] ?? '', arrival.qtype, 'unreachable', neighbourMs);
      else
        writer.add(
          { kind: 'timeout', queryIndexes: writer.indexesOf(this.#asked.qname, qtypes), waitedMs: tcpMs },
          `No connection and no answer within ${tcpMs / 1000} s; glibc sets no limit of its own for TCP.`,
          this.#cause,
        );
      return 'next';
    }
    return got;
  }
}

/** Failures make glibc try another server; an empty answer from a server that is not responsible counts as one. */
function isFailure(answer: Answer): boolean {
  return failures.includes(answer.rcode) || isLame(answer);
}

function isLame({ rcode, records, authoritative, recursionAvailable, edns }: Answer): boolean {
  return rcode === 'NOERROR' && records.length === 0 && !authoritative && !recursionAvailable && !edns;
}

function failureText(answer: Answer): string {
  return isLame(answer) ? 'An empty answer from a server that is not responsible' : answer.rcode;
}

function familyOf(text: string): string | undefined {
  const address = readAddress(text);
  return typeof address === 'object' ? address.family : undefined;
}
