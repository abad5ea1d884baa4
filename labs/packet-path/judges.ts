import { placedAnswer, unusable } from '../kit/typed-answer.ts';
import type { AnswerError, Judge, Judgement, Judges } from '../lab.ts';
import type { Input } from './input.ts';
import lab from './lab.ts';
import { machineTitle, withOwner } from './names.ts';
import { servedBy } from './outcome.ts';
import type { PartId } from './parts.ts';
import reader from './read.ts';
import type { State } from './state.ts';
import { isAnswered, outcomeInWords, stepWords } from './words.ts';

type Texts = Readonly<Record<string, string>>;

const textsOf = ({ objects = '', network = '', call = '' }: Texts): Readonly<Record<PartId, string>> => ({ objects, network, call });

/** Where a request that nobody served ended, and by which rule or for which lack. */
function endOf(state: State): string {
  const { hops } = state.sending.followed;
  const heard = `the caller hears: ${outcomeInWords(state.sending)}`;
  const stopped = state.sending.steps.findIndex(({ leg, from, to }) =>
    hops.slice(from, to).some((hop) => leg === 'there' && (hop.type === 'lost' || (hop.type === 'netfilter' && hop.after === undefined))),
  );
  const { text, because } = stepWords(state, Math.max(stopped, 0));
  return `${text}, for ${because}; ${heard}.`;
}

/** Where a policy's rules stop a request, and how they see it: with the addresses of pods, never with that of a Service. Else where it ended. */
function refusal(state: State): string {
  const { sending, outlook } = state;
  const hop = sending.followed.hops.find((each) => each.type === 'netfilter' && each.leg === 'there' && each.after === undefined);
  if (hop?.type !== 'netfilter') return endOf(state);
  const [from, to] = [hop.packet.src, hop.packet.dst].map((each) => withOwner(outlook, each));
  const where = machineTitle(outlook, hop.where);
  return `The policy's rules on ${where} see a packet from ${from ?? ''} to ${to ?? ''}, and nothing lets it in; the caller hears: ${outcomeInWords(sending)}.`;
}

/** How the destination was rewritten on the way, where it was. */
function rewriting({ sending, outlook }: State): string {
  const hop = sending.followed.hops.find(
    (each) => each.type === 'netfilter' && each.leg === 'there' && each.after !== undefined && each.after.dst !== each.packet.dst,
  );
  return hop?.type === 'netfilter' ? `${machineTitle(outlook, hop.where)} puts ${hop.after?.dst ?? ''} in place of ${hop.packet.dst}, and ` : '';
}

/** Who serves the request, and whom it sees. */
function servedWords(state: State): string {
  const { backend, sees } = servedBy(state.sending.followed);
  return `${rewriting(state)}${machineTitle(state.outlook, backend)} answers; as the caller it sees ${withOwner(state.outlook, sees)}`;
}

const callBounds = { label: 'Address and port', lines: 1, bytesMax: 120 };

/** An address and a port at which the scenario's caller gets an answer. */
const open: Judge = {
  ...callBounds,
  judge: (texts, answer, seed) => {
    const errors = unusable(answer, callBounds);
    if (errors.length > 0) return { errors };
    const typed = answer.trim();
    const colon = typed.lastIndexOf(':');
    const wrong = (column: number, message: string): Judgement => ({
      errors: [{ line: 1, column, message, expected: 'an address and a port, such as 192.0.2.1:80' }],
    });
    if (typed.includes('/')) return wrong(typed.indexOf('/') + 1, 'this is a URL or a path');
    if (colon < 0 || colon === typed.length - 1) return wrong(typed.length + 1, 'there is no port');
    if (colon === 0) return wrong(1, 'there is no address');
    const own = textsOf(texts);
    const from = /^from: .*$/mu.exec(own.call)?.[0] ?? '';
    const read = reader.read({ ...own, call: `${from}\nto: ${JSON.stringify(typed.slice(0, colon))}\nport: ${JSON.stringify(typed.slice(colon + 1))}` });
    if (!read.ok) {
      const errorOf = ({ line, message, expected }: AnswerError): AnswerError => ({
        ...{ line: 1, column: line === 3 ? colon + 2 : 1, expected },
        message: message.replace(/^(?:to|port): /u, ''),
      });
      return { errors: read.errors.map(errorOf) };
    }
    const state = lab.start(read.input, seed);
    return isAnswered(state.sending) ? { right: true, why: `${servedWords(state)}.` } : { right: false, why: endOf(state) };
  },
};

const peerBounds = { label: 'Entry of from', lines: 3, bytesMax: 500 };
const peerMark = '- podSelector: { matchLabels: { app: web } }';

/** An entry of a policy's `from` that lets the scenario's caller in and keeps the other callers out. */
const letsIn: Judge = {
  ...peerBounds,
  judge: (texts, answer, seed) => {
    const errors = unusable(answer, peerBounds);
    if (errors.length > 0) return { errors };
    const own = textsOf(texts);
    const placed = placedAnswer(own.objects, peerMark, answer.trimEnd(), '- ');
    const read = reader.read({ ...own, objects: placed.text });
    if (!read.ok) return { errors: placed.errorsIn(read.errors) };
    return verdictOf(read.input, seed);
  },
};

function verdictOf(input: Input, seed: number): Judgement {
  const state = lab.start(input, seed);
  if (!isAnswered(state.sending)) return { right: false, why: refusal(state) };
  const stranger = state.outlook.watched.find(({ isAnswered: isIn }) => isIn);
  const { fromTitle } = state.sending.resolved;
  if (stranger !== undefined) return { right: false, why: `${fromTitle} is let in, but others are too: ${stranger.title}, and hears: ${stranger.outcome}.` };
  const others = state.outlook.watched.map(({ title, outcome }) => `${title}, and hears: ${outcome}`).join('; ');
  return { right: true, why: `${servedWords(state)}. ${others}.` };
}

/** Judges of addresses and of policies. */
export default { 'open-address': open, 'lets-in': letsIn } satisfies Judges;
