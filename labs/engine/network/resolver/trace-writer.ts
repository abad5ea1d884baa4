import type { Delivery, LookupResult, QueryType, ResolverEvent, SentQuery, Trace, Wire } from './types.ts';

type WithoutBase<E> = E extends ResolverEvent ? Omit<E, 'id' | 'atMs' | 'because' | 'cause'> : never;
/** What happened, without when, why and because of what. */
export type Happening = WithoutBase<ResolverEvent>;

/** A query handed to the network. `queryIndex` is -1 and `eventId` the given cause if it reached no server. */
export interface Sending {
  readonly delivery: Delivery;
  readonly queryIndex: number;
  readonly eventId: number;
}

/** Writes down what a lookup does, with its own clock. Starts at 0 ms. */
export class TraceWriter {
  nowMs = 0;
  /** Number of the batch of the last listed query. */
  #batch = 0;
  #waited = true;
  readonly #wire: Wire;
  readonly #queries: SentQuery[] = [];
  readonly #events: ResolverEvent[] = [];

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Adds an event and returns its id. Without `cause` it follows from the event before it. */
  add(happening: Happening, because: string, cause = this.#events.length): number {
    const id = this.#events.length + 1;
    this.#events.push({ ...happening, id, atMs: this.nowMs, because, ...(cause > 0 && { cause }) });
    return id;
  }

  /** Lets time pass: what is sent from now on is a new batch. */
  wait(untilMs: number): void {
    this.nowMs = untilMs;
    this.#waited = true;
  }

  /** Hands a query to the network; it is listed only if it reaches a server that exists. */
  send(asked: Omit<SentQuery, 'atMs' | 'batch'>, attempt: number, because: string, cause: number): Sending {
    const query: SentQuery = { ...asked, atMs: this.nowMs, batch: this.#batch + (this.#waited ? 1 : 0) };
    const delivery = this.#wire(query, this.#queries);
    if (delivery.kind === 'closed' || delivery.kind === 'unreachable') return { delivery, queryIndex: -1, eventId: cause };
    this.#batch = query.batch;
    this.#waited = false;
    const queryIndex = this.#queries.push(query) - 1;
    return { delivery, queryIndex, eventId: this.add({ kind: 'send', query, queryIndex, attempt }, because, cause) };
  }

  /** The queries for a name and some types that were sent last, those of one batch. */
  indexesOf(qname: string, qtypes: readonly QueryType[]): readonly number[] {
    const fitting = this.#queries.map((query, index) => ({ query, index })).filter(({ query }) => query.qname === qname && qtypes.includes(query.qtype));
    return fitting.filter(({ query }) => query.batch === fitting.at(-1)?.query.batch).map(({ index }) => index);
  }

  get lastId(): number {
    return this.#events.length;
  }

  /** Ends the lookup. */
  finish(result: LookupResult, because: string): Trace {
    this.add({ kind: 'result', result }, because);
    return { queries: this.#queries, events: this.#events, result, elapsedMs: this.nowMs };
  }
}
