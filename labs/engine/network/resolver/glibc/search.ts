import { counted, textOf } from '../c-text.ts';
import type { Answer, CandidateRule, QueryType, ResponseCode } from '../types.ts';
import { readDomainName } from './domain-name.ts';
import type { Answers } from './exchange.ts';
import { findAlias } from './host-aliases.ts';
import { settingsOf, type HostError, type Process } from './process.ts';
import { send } from './send.ts';

/** The answers for a name, or why there are none. `qname` is the name that was asked, absolute. */
export type Reply = { readonly answers: Answers; readonly qname: string } | { readonly error: HostError };

/** MAXDNAME in arpa/nameser_compat.h: the buffer for a name and a search domain. */
const nameBufferBytes = 1025;

/** Asks for one name as it is. Models __res_context_query in resolv/res_query.c. */
export function query(process: Process, name: string, qtypes: readonly QueryType[]): Reply {
  const { writer } = process;
  process.firstRcode = 'NOERROR';
  const read = readDomainName(name);
  if ('wrong' in read) {
    process.systemError = 'other';
    writer.add({ kind: 'skip', name: textOf(name) }, `No query can be written. ${read.wrong}`);
    return { error: 'NO_RECOVERY' };
  }
  const { qname } = read;
  // To learn whether the name exists, no-aaaa asks for A in place of AAAA and drops what the answer holds (resolv/res-noaaaa.c).
  const withoutAaaa = qtypes.includes('AAAA') && settingsOf(process).flags.has('no-aaaa');
  const sent = send(process, withoutAaaa ? { qname, qtypes: ['A'], substitute: true } : { qname, qtypes });
  const answers = withoutAaaa ? sent?.map((answer) => answer && { ...answer, records: [] }) : sent;
  if (!answers) return { error: 'TRY_AGAIN' };
  const [first, second = first] = answers;
  const one = first ?? second;
  if (isPositive(one) || isPositive(second)) return { answers, qname };
  return { error: errorOf(one?.rcode === 'NOERROR' ? second : one) };
}

function isPositive(answer: Answer | undefined): boolean {
  return answer?.rcode === 'NOERROR' && answer.records.length > 0;
}

const errors: Readonly<Partial<Record<ResponseCode, HostError>>> = { NXDOMAIN: 'HOST_NOT_FOUND', SERVFAIL: 'TRY_AGAIN', NOERROR: 'NO_DATA' };

function errorOf(answer: Answer | undefined): HostError {
  return (answer && errors[answer.rcode]) ?? 'NO_RECOVERY';
}

/** Asks for the name with the search list around it. Models __res_context_search in resolv/res_query.c. */
export function search(process: Process, name: string, qtypes: readonly QueryType[]): Reply {
  process.systemError = 'none';
  const dots = name.split('.').length - 1;
  const alias = dots === 0 ? findAlias(process, name) : undefined;
  const found = new Candidates(process, qtypes, name, dots);
  return alias === undefined ? found.walk() : found.askAlias(alias);
}

class Candidates {
  readonly #process: Process;
  readonly #qtypes: readonly QueryType[];
  readonly #name: string;
  readonly #dots: number;
  #noData = false;
  #serverFailed = false;
  #root = false;
  #lastError: HostError = 'HOST_NOT_FOUND';

  constructor(process: Process, qtypes: readonly QueryType[], name: string, dots: number) {
    this.#process = process;
    this.#qtypes = qtypes;
    this.#name = name;
    this.#dots = dots;
  }

  askAlias(alias: string): Reply {
    this.#announce(alias, 'alias', 'The alias is asked as it is, without the search list.');
    return query(this.#process, alias, this.#qtypes);
  }

  walk(): Reply {
    const name = this.#name;
    const dots = this.#dots;
    const { ndots, search: domains, flags } = settingsOf(this.#process);
    const absolute = name.endsWith('.');
    let kept: HostError | undefined;
    if (absolute || dots >= ndots) {
      const because = absolute
        ? 'The final dot makes the name absolute: no search list.'
        : `${counted(dots, 'dot')}, at least ndots:${ndots}: the name goes as typed before the search list.`;
      const asIs = this.#askAsIs(absolute ? 'absolute' : 'enough dots: as typed first', because);
      if ('answers' in asIs || absolute) return asIs;
      kept = asIs.error;
      this.#decide(kept, domains.length > 0 ? 'glibc goes on with the search list, but keeps this error.' : 'There is no search list.', domains.length > 0);
    }
    const searched = this.#search(domains, ndots);
    if (searched) return searched;
    if (kept !== undefined || this.#root) return { error: kept ?? this.#finalError(this.#lastError) };
    if (dots > 0 || domains.length === 0 || !flags.has('no-tld-query')) {
      const last = this.#askAsIs(
        domains.length > 0 ? 'as typed last' : 'no search',
        domains.length > 0 ? 'The name goes as typed after the search list.' : 'There is no search list: the name goes as typed.',
      );
      if ('answers' in last) return last;
      return { error: this.#finalError(last.error) };
    }
    this.#process.writer.add({ kind: 'skip', name: textOf(name) }, 'no-tld-query: a name without a dot never goes as typed.');
    return { error: this.#finalError(this.#lastError) };
  }

  #finalError(last: HostError): HostError {
    if (this.#noData) return 'NO_DATA';
    return this.#serverFailed ? 'TRY_AGAIN' : last;
  }

  /** Goes through the search list; undefined: it is used up, or an error ended it. */
  #search(domains: readonly string[], ndots: number): Reply | undefined {
    const { writer } = this.#process;
    for (const [index, listed] of domains.entries()) {
      const domain = listed.startsWith('.') ? listed.slice(1) : listed;
      if (domain === '') this.#root = true;
      const text = `${this.#name}.${domain}`;
      const which = domain === '' ? 'the root' : textOf(domain);
      const reason = this.#dots < ndots ? `${counted(this.#dots, 'dot')}, fewer than ndots:${ndots}` : 'The name as typed gave nothing';
      this.#announce(text, 'search list', `${reason}: domain ${index + 1} of the search list, ${which}, is put behind the name.`, index);
      const reply = this.#askText(text);
      if ('answers' in reply) return reply;
      this.#lastError = reply.error;
      if (this.#process.systemError === 'refused') {
        writer.add({ kind: 'decide', next: 'stop' }, 'No server is there at all, so glibc gives the whole lookup up.');
        return { error: 'TRY_AGAIN' };
      }
      const serverFailed = reply.error === 'TRY_AGAIN' && this.#process.firstRcode === 'SERVFAIL';
      if (reply.error === 'NO_DATA') this.#noData = true;
      if (serverFailed) this.#serverFailed = true;
      const goesOn = reply.error === 'NO_DATA' || reply.error === 'HOST_NOT_FOUND' || serverFailed;
      if (goesOn) this.#decide(serverFailed ? 'SERVFAIL' : reply.error, 'The next candidate follows.', true);
      else {
        this.#decide(reply.error, 'This ends the search list; the name as typed is still tried if it was not yet.', false);
        return undefined;
      }
    }
    return undefined;
  }

  #askAsIs(rule: CandidateRule, because: string): Reply {
    this.#announce(this.#name, rule, because);
    if (this.#name !== '') return this.#askText(this.#name);
    this.#process.writer.add({ kind: 'skip', name: '' }, 'There is no name to ask for.');
    return { error: 'NO_RECOVERY' };
  }

  #askText(text: string): Reply {
    if (text.length < nameBufferBytes) return query(this.#process, text, this.#qtypes);
    this.#process.writer.add({ kind: 'skip', name: textOf(text) }, `The name has ${text.length} bytes, more than glibc's buffer of ${nameBufferBytes} holds.`);
    return { error: 'NO_RECOVERY' };
  }

  #announce(text: string, rule: CandidateRule, because: string, searchIndex?: number): void {
    const { ndots } = settingsOf(this.#process);
    this.#process.writer.add(
      { kind: 'candidate', name: textOf(text), rule, dots: this.#dots, ndots, ...(searchIndex !== undefined && { searchIndex }) },
      because,
    );
  }

  #decide(error: HostError | 'SERVFAIL', then: string, goesOn: boolean): void {
    this.#process.writer.add({ kind: 'decide', next: goesOn ? 'next candidate' : 'stop' }, `${meanings[error]} ${then}`);
  }
}

const meanings: Readonly<Record<HostError | 'SERVFAIL', string>> = {
  NETDB_SUCCESS: '',
  NETDB_INTERNAL: 'glibc itself failed.',
  HOST_NOT_FOUND: 'NXDOMAIN: this name does not exist.',
  NO_DATA: 'NODATA: the name exists, but without such an address. glibc remembers that.',
  TRY_AGAIN: 'No server gave a usable answer.',
  NO_RECOVERY: 'The query is impossible or was rejected.',
  SERVFAIL: 'SERVFAIL from the servers, which glibc remembers.',
};
