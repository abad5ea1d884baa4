import { bytesOf } from '../c-text.ts';
import { TraceWriter } from '../trace-writer.ts';
import type { Question, Surroundings, Trace, Wire } from '../types.ts';
import { getHostByName } from './gethostbyname.ts';
import { getaddrinfo, succeed, type Ending } from './getaddrinfo.ts';
import { getnameinfo } from './getnameinfo.ts';
import { settingsOf, type GlibcVersion, type Process } from './process.ts';
import { query, search } from './search.ts';
import { bufferBytesAtFirst } from './sources.ts';

export type { GlibcVersion } from './process.ts';

const functionNames: Readonly<Record<Question['api'], string>> = {
  gai: 'getaddrinfo',
  res_search: 'res_search',
  res_query: 'res_query',
  gethostbyname: 'gethostbyname',
  gethostbyname2: 'gethostbyname2',
  gni: 'getnameinfo',
};

const calls: Readonly<Record<Question['api'], (process: Process, question: Question) => Ending>> = {
  gai: getaddrinfo,
  res_search: askResolver,
  res_query: askResolver,
  gethostbyname: (process, question) => gethostbyname(process, { ...question, family: 'inet' }),
  gethostbyname2: gethostbyname,
  gni: getnameinfo,
};

/**
 * One lookup by glibc: what it asks, in which order, and what the program gets. 2.36 is Debian 12's, with the repairs that
 * Debian took from glibc's stable branch; 2.41 is Debian 13's. Pure: the clock is virtual, `wire` answers the queries.
 * What the process keeps for its next lookup is in the trace: hand `carried` over as part of the next surroundings.
 */
export function lookupGlibc(version: GlibcVersion, question: Question, surroundings: Surroundings, wire: Wire): Trace {
  const writer = new TraceWriter(wire);
  const process: Process = {
    version,
    surroundings,
    writer,
    systemError: 'none',
    firstRcode: 'NOERROR',
    sequence: surroundings.sequence ?? 'both at once',
    rotation: surroundings.rotateStart,
  };
  writer.add({ kind: 'call' }, `The program calls ${functionNames[question.api]} for "${question.name}".`);
  const { result, because } = calls[question.api](process, question);
  return { ...writer.finish(result, because), carried: { rotateStart: process.rotation, sequence: process.sequence } };
}

function gethostbyname(process: Process, question: Question): Ending {
  const family = question.family === 'inet6' ? 'inet6' : 'inet';
  const found = getHostByName(process, bytesOf(question.name), family, { bytes: bufferBytesAtFirst });
  if ('entry' in found) return succeed(found.entry.addresses, found.entry.canonicalName);
  return { result: { code: found.hostError, addresses: [] }, because: `h_errno is ${found.hostError}.` };
}

/** res_search goes through the search list, res_query asks the name as it is; both look at no file of names. */
function askResolver(process: Process, { api, name, family }: Question): Ending {
  const qtype = family === 'inet6' ? 'AAAA' : 'A';
  const text = bytesOf(name);
  if (api === 'res_query') {
    const dots = text.split('.').length - 1;
    process.writer.add({ kind: 'candidate', name, rule: 'no search', dots, ndots: settingsOf(process).ndots }, 'res_query asks the name as it is.');
  }
  const reply = api === 'res_search' ? search(process, text, [qtype]) : query(process, text, [qtype]);
  if ('error' in reply) return { result: { code: 'FAIL', h_errno: reply.error, addresses: [] }, because: `h_errno is ${reply.error}.` };
  const [answer] = reply.answers;
  const records = answer?.records ?? [];
  const addresses = records.filter(({ type }) => type === qtype).map(({ data }) => data);
  return { result: { code: 'OK', rcode: answer?.rcode ?? 'NOERROR', ancount: records.length, addresses }, because: 'The program gets the message as it came.' };
}
