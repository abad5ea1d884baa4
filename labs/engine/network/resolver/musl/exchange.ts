import type { Answer, QueryType, Transport } from '../types.ts';
import type { Settings } from './resolv-conf.ts';
import type { TraceWriter } from '../trace-writer.ts';

/** What a candidate asks: one question for each type, to all servers. */
export interface Questions {
  /** The absolute name. */
  readonly qname: string;
  /** The packet holds a broken name, so that no server can answer it. */
  readonly malformed: boolean;
  readonly qtypes: readonly QueryType[];
  readonly ad: boolean;
  /** Since 1.2.4 musl asks again over TCP when an answer is cut. */
  readonly tcpAfterTruncation: boolean;
}

interface Slot {
  readonly qtype: QueryType;
  answer?: Answer;
  /** The answer over UDP was cut; the one over TCP is under way. */
  overTcp?: boolean;
}

interface Arrival {
  readonly atMs: number;
  readonly slot: Slot;
  readonly server: string;
  readonly transport: Transport;
  readonly queryIndex: number;
  readonly eventId: number;
  readonly answer: Answer;
}

/**
 * Sends the questions to all servers at once, again after each part of the time, and takes the first usable answer to each.
 * Returns one answer for each type, undefined where none came, or `crash`. Models src/network/res_msend.c.
 */
export function exchange(questions: Questions, settings: Settings, writer: TraceWriter): readonly (Answer | undefined)[] | 'crash' {
  if (settings.attempts === 0) return 'crash';
  return new Exchange(questions, settings, writer).run();
}

/** The kernel sends what goes to the empty address to its own machine, whose answer then comes from another address. */
const loopbackFor: Readonly<Partial<Record<string, string>>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

class Exchange {
  readonly #questions: Questions;
  readonly #settings: Settings;
  readonly #writer: TraceWriter;
  readonly #slots: readonly Slot[];
  #underWay: Arrival[] = [];
  #wave = 0;
  /** How many answers SERVFAIL are still repeated at once in this wave. */
  #repeatsLeft = 0;
  #aborted = false;
  readonly #cause: number;

  constructor(questions: Questions, settings: Settings, writer: TraceWriter) {
    this.#questions = questions;
    this.#settings = settings;
    this.#writer = writer;
    this.#slots = questions.qtypes.map((qtype) => ({ qtype }));
    this.#cause = writer.lastId;
  }

  run(): readonly (Answer | undefined)[] {
    const { attempts, timeoutMs } = this.#settings;
    const writer = this.#writer;
    const intervalMs = Math.floor(timeoutMs / attempts);
    const endMs = writer.nowMs + timeoutMs;
    let waveMs = writer.nowMs;
    if (timeoutMs === 0) writer.add({ kind: 'decide', next: 'stop' }, 'timeout is 0: musl gives up before it sends anything.');
    let cause = this.#cause;
    while (writer.nowMs < endMs && !this.#aborted && this.#slots.some(({ answer }) => !answer)) {
      // What the division leaves is less than a millisecond an attempt: too short for another wave, because poll() wakes up late.
      if (writer.nowMs >= waveMs && this.#wave < attempts) {
        this.#sendWave(cause);
        waveMs = writer.nowMs + intervalMs;
      }
      const dueMs = this.#wave < attempts ? Math.min(waveMs, endMs) : endMs;
      const arrivesMs = Math.min(...this.#underWay.map(({ atMs }) => atMs));
      const waitedMs = dueMs - (waveMs - intervalMs);
      writer.wait(Math.min(dueMs, arrivesMs));
      if (arrivesMs <= dueMs && arrivesMs < endMs) this.#receive();
      else cause = this.#timeOut(waitedMs, writer.nowMs >= endMs);
    }
    return this.#slots.map(({ answer }) => answer);
  }

  #sendWave(cause: number): void {
    const { servers, attempts } = this.#settings;
    this.#wave += 1;
    const again = this.#wave > 1;
    this.#repeatsLeft = 2 * this.#slots.length;
    for (const slot of this.#slots) {
      if (slot.answer || slot.overTcp === true) continue;
      for (const [index, server] of servers.entries()) {
        const which = `server ${index + 1} of ${servers.length}`;
        const because = again
          ? `No usable answer for ${slot.qtype} yet: attempt ${this.#wave} of ${attempts} goes to ${which}.`
          : `musl sends all queries to all servers without waiting: this is ${slot.qtype} to ${which}.`;
        this.#send(slot, server, 'udp', because, cause);
      }
    }
  }

  #send(slot: Slot, server: string, transport: Transport, because: string, cause: number): void {
    const { qname, malformed, ad } = this.#questions;
    const writer = this.#writer;
    if (malformed) {
      writer.add(
        { kind: 'skip', name: qname },
        `The name ends in an empty label. musl 1.2.3 sends ${server} a malformed packet, which no server can answer.`,
        cause,
      );
      return;
    }
    const sending = { server: loopbackFor[server] ?? server, qname, qtype: slot.qtype, transport, ...(ad && { ad }) };
    const { delivery, eventId, queryIndex } = writer.send(sending, this.#wave, because, cause);
    if (delivery.kind === 'answer') {
      this.#underWay.push({ atMs: writer.nowMs + delivery.afterMs, slot, server, transport, queryIndex, eventId, answer: delivery.answer });
    } else if (delivery.kind !== 'lost') {
      const sentence = delivery.kind === 'closed' ? `Nothing listens at ${server}.` : `There is no route to ${server}.`;
      const then = transport === 'tcp' ? 'musl gives the whole candidate up.' : 'musl does not notice this over UDP and waits as if the answer were late.';
      writer.add({ kind: 'refused', server, qtype: slot.qtype, how: delivery.kind }, `${sentence} ${then}`, cause);
      if (transport === 'tcp') this.#aborted = true;
    }
  }

  #timeOut(waitedMs: number, last: boolean): number {
    const open = this.#slots.filter(({ answer }) => !answer).map(({ qtype }) => qtype);
    const queryIndexes = this.#writer.indexesOf(this.#questions.qname, open);
    return this.#writer.add(
      { kind: 'timeout', queryIndexes, waitedMs },
      `${waitedMs} ms after the last attempt there is no usable answer for ${open.join(' and ')}` +
        (last ? `; with it the ${this.#settings.timeoutMs} ms for this candidate are over.` : '.'),
    );
  }

  /** Reads all that has arrived by now, UDP first, as long as a question is open. */
  #receive(): void {
    const writer = this.#writer;
    const due = this.#underWay.filter(({ atMs }) => atMs <= writer.nowMs);
    this.#underWay = this.#underWay.filter(({ atMs }) => atMs > writer.nowMs);
    due.sort((one, other) => Number(one.transport === 'tcp') - Number(other.transport === 'tcp'));
    for (const arrival of due) {
      if (arrival.transport === 'udp' && this.#slots.every(({ answer, overTcp }) => answer ?? overTcp)) continue;
      this.#judge(arrival);
    }
  }

  #judge(arrival: Arrival): void {
    const { slot, server, transport, queryIndex, eventId, answer } = arrival;
    const writer = this.#writer;
    const receivedId = writer.add({ kind: 'receive', queryIndex, answer }, answer.because ?? `${server} answers ${answer.rcode}.`, eventId);
    const decide = (next: 'accept' | 'retry' | 'tcp' | 'stop' | 'remember', because: string) => writer.add({ kind: 'decide', next }, because, receivedId);
    const { rcode } = answer;
    const positiveOrNegative = rcode === 'NOERROR' || rcode === 'NXDOMAIN';
    if (loopbackFor[server] !== undefined) {
      decide('stop', `The answer comes from ${loopbackFor[server]}, not from ${server}, which was asked: musl ignores it.`);
    } else if (transport === 'tcp') {
      if (positiveOrNegative) slot.answer = answer;
      else this.#aborted = true;
      decide(
        positiveOrNegative ? 'accept' : 'stop',
        positiveOrNegative ? `The whole answer for ${slot.qtype} came over TCP.` : `${rcode} over TCP ends this candidate.`,
      );
    } else if (slot.answer || slot.overTcp === true) {
      decide('stop', `${slot.qtype} is already answered: the first usable answer counts, whichever server it is from.`);
    } else if (rcode === 'SERVFAIL' && this.#repeatsLeft > 0) {
      this.#repeatsLeft -= 1;
      const id = decide('retry', `SERVFAIL is repeated at once; ${this.#repeatsLeft} such repeats are left until the next attempt.`);
      this.#send(slot, server, 'udp', `${server} is asked for ${slot.qtype} again.`, id);
    } else if (!positiveOrNegative) {
      decide(
        'stop',
        rcode === 'SERVFAIL'
          ? 'No repeats are left: musl ignores this answer and goes on waiting.'
          : `musl takes only NOERROR and NXDOMAIN: it ignores ${rcode} and goes on waiting.`,
      );
    } else if (answer.truncated && this.#questions.tcpAfterTruncation) {
      slot.overTcp = true;
      this.#send(slot, server, 'tcp', `musl asks ${server} for ${slot.qtype} again over TCP.`, decide('tcp', 'The answer was cut to fit into a UDP packet.'));
    } else {
      slot.answer = answer;
      decide(
        'accept',
        answer.truncated
          ? `The answer was cut, and musl 1.2.3 keeps the ${answer.records.length} records that fit; it never uses TCP.`
          : `The first usable answer for ${slot.qtype}.`,
      );
    }
  }
}
