import { placedAnswer, unusable } from '../kit/typed-answer.ts';
import type { ResolverEvent, Trace } from '../engine/network/resolver/types.ts';
import type { AnswerError, Judge, Judgement, Judges } from '../lab.ts';
import { readResolvConf } from '../reading/resolv-conf.ts';
import { fileOf } from './file.ts';
import type { Input } from './input.ts';
import { parts, type PartId } from './parts.ts';
import reader from './read.ts';
import { traceOf } from './world.ts';

type Texts = Readonly<Record<string, string>>;

/** The scenario's own input. Its texts are right: the sweeps play them. */
function inputOf(texts: Texts): Input {
  const ids = Object.keys(parts) as readonly PartId[];
  const read = reader.read(Object.fromEntries(ids.map((id) => [id, texts[id] ?? ''])) as Record<PartId, string>);
  if (!read.ok) throw new Error(read.errors.map(({ message }) => message).join('; '));
  return read.input;
}

const asked = ({ queries }: Trace): readonly string[] => [...new Set(queries.map(({ qname }) => qname))];
const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
const queriesOf = ({ queries }: Trace): string => (queries.length === 1 ? '1 query' : `${queries.length} queries`);
const candidatesOf = ({ events }: Trace): readonly Extract<ResolverEvent, { kind: 'candidate' }>[] => events.filter((event) => event.kind === 'candidate');

/** Why the library begins where it begins. */
function firstStep(name: string, trace: Trace): string {
  const [first] = candidatesOf(trace);
  if (first === undefined) return `${name} was not looked up`;
  const dots = first.dots === 0 ? 'no dot' : counted(first.dots, 'dot');
  switch (first.rule) {
    case 'absolute':
      return `the dot at its end says that ${name} is complete, and nothing is added`;
    case 'search list':
      return `with ndots:${first.ndots} the name ${name} has ${dots}, so the search list comes first: ${first.name} was asked first`;
    case 'enough dots: as typed first':
      return `with ndots:${first.ndots} the name ${name} has ${dots}, which is enough: it was asked as typed first`;
    case 'as typed last':
    case 'no search':
    case 'alias':
    case 'reverse':
      return `${first.name} was asked first`;
  }
}

/** How a lookup that found nothing ended. */
function nothingFound(name: string, trace: Trace): string {
  const local = trace.events.find((event) => event.kind === 'local' && event.source === 'invalid' && event.found);
  if (local !== undefined) return local.because;
  const names = asked(trace);
  const [first] = candidatesOf(trace);
  const stops = names.length === 1 && first?.rule === 'enough dots: as typed first' ? ' (musl then ends: the search list is not used after it)' : '';
  return `Nothing is found: ${firstStep(name, trace)}, and ${names.length === 1 ? `that name does not exist${stops}` : `none of the ${names.length} names exists`}.`;
}

/** A name that leads where the scenario's own name leads, and costs no more than `namesMax` names. */
const nameJudge = (namesMax: number): Judge => {
  const bounds = { label: 'Name', lines: 1, bytesMax: 255 };
  const judge = (texts: Texts, answer: string, seed: number): Judgement => {
    const errors = [...unusable(answer, bounds), ...blanksIn(answer)];
    if (errors.length > 0) return { errors };
    const input = inputOf(texts);
    const name = answer.trim();
    const wanted = traceOf(input, seed, input.asked, []).result.addresses ?? [];
    const trace = traceOf(input, seed, { ...input.asked, name }, []);
    const [address] = trace.result.addresses ?? [];
    if (address === undefined) return { right: false, why: nothingFound(name, trace) };
    if (!wanted.includes(address)) return { right: false, why: `${name} leads to ${address}, and ${input.asked.name} is ${wanted.join(', ')}.` };
    const names = asked(trace);
    if (names.length === 0)
      return { right: false, why: `${name} is an address and no name: nothing is asked, and the program has to change with the address.` };
    const cost = `${counted(names.length, 'name')}, ${queriesOf(trace)}`;
    return { right: names.length <= namesMax, why: `It is found and costs ${cost}: ${firstStep(name, trace)}${hit(names)}.` };
  };
  return { ...bounds, judge };
};

/** Which name had the address, where several were asked. */
const hit = (names: readonly string[]): string => (names.length === 1 ? '' : `, and only ${names.at(-1) ?? ''} has the address`);

/** A blank inside a name is a slip of the hand and no question to a server. */
function blanksIn(answer: string): readonly AnswerError[] {
  const at = answer.trimEnd().search(/(?<=\S)\s/u);
  return at < 0 ? [] : [{ line: 1, column: at + 1, columnEnd: at + 2, message: 'there is a blank in the name', expected: 'one name' }];
}

const optionsBounds = { label: 'Options', lines: 1, bytesMax: 200 };

/** The pod's file with these options in place of its own. */
function withOptions(input: Input, options: string): { readonly input: Input; readonly errors: readonly AnswerError[] } {
  const text = fileOf(input).text ?? '';
  const own = /^options .*$/mu.exec(text)?.[0] ?? '';
  const placed = placedAnswer(text, own, options, 'options ');
  const reading = readResolvConf(placed.text, parts.resolvConf.bytesMax);
  const line = text.slice(0, text.indexOf(own)).split('\n').length;
  // C libraries pass over what they do not know; whoever types it here wants to be told.
  const ignored = reading.notes.filter((note) => note.about === 'both libraries' && note.line === line);
  const errors = ignored.map(({ line: at, column, columnEnd, text: message }): AnswerError => ({
    ...{ line: at, column, columnEnd, message },
    expected: 'options that C libraries know, such as timeout:1',
  }));
  return { input: { ...input, pastedResolvConf: placed.text }, errors: placed.errorsIn([...reading.errors, ...errors]) };
}

/** The smallest ndots with which the scenario's name is found. */
const smallestNdots: Judge = {
  ...optionsBounds,
  judge: (texts, answer, seed) => {
    const scenario = inputOf(texts);
    const errors = unusable(answer, optionsBounds);
    if (errors.length > 0) return { errors };
    const typed = answer.trim();
    const mine = withOptions(scenario, typed);
    if (mine.errors.length > 0) return { errors: mine.errors };
    const { name } = scenario.asked;
    const traceWith = (input: Input): Trace => traceOf(input, seed, scenario.asked, []);
    const trace = traceWith(mine.input);
    if (trace.result.code !== 'OK') return { right: false, why: nothingFound(name, trace) };
    const ndots = candidatesOf(trace)[0]?.ndots ?? 0;
    const smaller = Array.from({ length: ndots }, (_, each) => each).find(
      (each) => traceWith(withOptions(scenario, `ndots:${each}`).input).result.code === 'OK',
    );
    if (smaller !== undefined)
      return {
        right: false,
        why: `${name} is found, but ndots:${smaller} is enough for that: with ndots:${ndots} more names of the outside world go through the search list.`,
      };
    const names = asked(trace);
    return { right: true, why: `${name} is found: ${firstStep(name, trace)}${hit(names)}. With a smaller ndots it would be asked as typed only.` };
  },
};

/** Judges of typed names and options. */
export default { 'one-name': nameJudge(1), 'two-names': nameJudge(2), 'smallest-ndots': smallestNdots } satisfies Judges;
