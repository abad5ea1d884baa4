import type { Explanation } from '../lab.ts';
import { behaviours } from './input.ts';
import { answerInWords, eventInWords, resultInWords, seconds } from './log.ts';
import { rungsOf } from './rungs.ts';
import { currentRun, type State } from './state.ts';
import { isFinished, type Run } from './run.ts';

const rules: Readonly<Record<string, string>> = {
  absolute: 'The name ends in a dot: it is complete, and the search list is not used.',
  'enough dots: as typed first': 'The name has at least as many dots as ndots says, so it is tried as typed before the search list.',
  'search list': 'The name has fewer dots than ndots, or the name as typed did not exist: an entry of the search list is put behind it.',
  'as typed last': 'The search list is used up: the name as typed is the last candidate.',
  'no search': 'There is no search list: only the name as typed can be asked.',
  alias: 'HOSTALIASES maps the name to another one.',
  reverse: 'An address is turned into a name below in-addr.arpa or ip6.arpa.',
};

/** A reason as a whole sentence: models write some with a full stop and some without. */
const sentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);

function whyQuery(run: Run, index: number): Explanation | undefined {
  const rung = rungsOf(run).find(({ askings }) => askings.some((asking) => asking.queryIndex === index));
  const asking = rung?.askings.find(({ queryIndex }) => queryIndex === index);
  const sent = run.trace.events.slice(0, run.shown).find((event) => event.kind === 'send' && event.queryIndex === index);
  if (rung === undefined || asking === undefined || sent === undefined) return undefined;
  const received = run.trace.events.slice(0, run.shown).find((event) => event.kind === 'receive' && event.queryIndex === index);
  const cause = run.entryOf[sent.id - 1];
  return {
    title: `${asking.qtype} of ${rung.name} at ${asking.server}`,
    because: asking.because ?? sent.because,
    steps: [
      `The name: ${rules[rung.rule] ?? rung.rule}`,
      sentence(`The query: ${sent.because}`),
      ...(received?.kind === 'receive'
        ? [sentence(`The answer: ${answerInWords(received.answer)}${received.answer.because === undefined ? '' : `, since ${received.answer.because}`}`)]
        : []),
      ...(rung.decision === undefined ? [] : [sentence(`What the library makes of it: ${rung.decision}`)]),
    ],
    ...(cause === undefined ? {} : { cause }),
  };
}

function whyCandidate(run: Run, name: string): Explanation | undefined {
  const event = run.trace.events.slice(0, run.shown).find((known) => (known.kind === 'candidate' || known.kind === 'skip') && known.name === name);
  if (event === undefined) return undefined;
  const cause = run.entryOf[event.id - 1];
  const rule = event.kind === 'candidate' ? rules[event.rule] : undefined;
  return { title: `Why ${name}`, because: event.because, ...(rule === undefined ? {} : { steps: [rule] }), ...(cause === undefined ? {} : { cause }) };
}

function whyLine(state: State, number: number): Explanation | undefined {
  const file = state.outlook.file;
  const line = file.lines.find((known) => known.number === number);
  if (line === undefined) return undefined;
  const run = currentRun(state);
  const read = run.trace.events.slice(0, run.shown).filter((event) => event.kind === 'setting' && event.source === 'resolv.conf' && event.line === number);
  return {
    title: `Line ${number}: ${line.text}`,
    because: line.because,
    steps: [...line.steps, ...read.map((event) => sentence(`What the library makes of it: ${event.because}`))],
  };
}

function whyServer(state: State, server: string): Explanation {
  const behaviour = state.input.network.servers[server] ?? 'answers';
  const isCluster = state.outlook.servers.find(({ address }) => address === server)?.isCluster === true;
  return {
    title: server,
    because: `This server ${behaviours[behaviour]}.`,
    steps: [
      isCluster
        ? 'It is the cluster DNS: it knows every Service, and passes all other names on to the resolvers of its node.'
        : 'It is a resolver outside the cluster: it knows the outside world and no Service.',
    ],
  };
}

function whyResult(state: State): Explanation {
  const run = currentRun(state);
  const event = run.trace.events[run.shown - 1];
  if (!isFinished(run) || event === undefined) return { title: 'The result', because: 'The lookup has not ended yet.' };
  const cause = run.entryOf[event.id - 1];
  return { title: `The program gets ${resultInWords(run.trace.result)}`, because: event.because, ...(cause === undefined ? {} : { cause }) };
}

function whyNeed(state: State, name: string): Explanation | undefined {
  const need = state.outlook.needs.find((known) => known.name === name);
  if (need === undefined) return undefined;
  const { result, names, elapsedMs } = need;
  return {
    title: `${name}: ${resultInWords(result)}`,
    because: names.length === 0 ? 'No server would be asked.' : `These names would be asked, in ${seconds(elapsedMs)}: ${names.join(' ')}`,
  };
}

function whyEvent(run: Run, id: number): Explanation | undefined {
  const event = run.trace.events.slice(0, run.shown)[id - 1];
  if (event === undefined) return undefined;
  const cause = run.entryOf[event.id - 1];
  return { title: eventInWords(run, event), because: event.because, ...(cause === undefined ? {} : { cause }) };
}

function whyRun(run: Run): Explanation {
  const because = run.abandoned ? 'It was given up when you asked for something else.' : `It ended with ${resultInWords(run.trace.result)}.`;
  return { title: `The lookup of ${run.name}`, because };
}

/** Subjects inside one lookup: `kind:<number of the lookup>:<key>`. */
function whyInRun(state: State, kind: string, key: string): Explanation | undefined {
  const separator = key.indexOf(':');
  const run = state.runs[Number(separator < 0 ? key : key.slice(0, separator))];
  const rest = separator < 0 ? '' : key.slice(separator + 1);
  if (run === undefined) return undefined;
  if (kind === 'query') return whyQuery(run, Number(rest));
  if (kind === 'candidate') return whyCandidate(run, rest);
  return kind === 'event' ? whyEvent(run, Number(rest)) : whyRun(run);
}

/** "Why?" for everything that picture, tables and log name. */
export function explain(state: State, subject: string): Explanation | undefined {
  const [kind = ''] = subject.split(':', 1);
  const key = subject.slice(kind.length + 1);
  switch (kind) {
    case 'query':
    case 'candidate':
    case 'event':
    case 'run':
      return whyInRun(state, kind, key);
    case 'line':
      return whyLine(state, Number(key));
    case 'server':
      return whyServer(state, key);
    case 'result':
      return whyResult(state);
    case 'need':
      return whyNeed(state, key);
    case 'name':
      return whyName(currentRun(state));
    default:
      return undefined;
  }
}

function whyName(run: Run): Explanation {
  return {
    title: run.name === '' ? 'An empty name' : run.name,
    because: 'This is the text that the program hands to the C library. What becomes of it depends on its dots and on the file.',
  };
}
