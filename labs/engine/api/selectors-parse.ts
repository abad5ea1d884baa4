import { qualifiedName } from '../../reading/name-rules.ts';
import { invalid } from './selectors-problem.ts';
import { requirement, sortedByKey, type Operator, type Read, type Requirement } from './selectors.ts';

/** A word of a selector: an operator's own signs, a name or value, or the end. */
interface Token {
  readonly kind: 'sign' | 'name' | 'end';
  readonly text: string;
}

const signs: ReadonlySet<string> = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);
const end: Token = { kind: 'end', text: '' };
const binary = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];
const binaryOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['in', 'in'],
  ['notin', 'notin'],
  ['=', '='],
  ['==', '=='],
  ['!=', '!='],
  ['>', 'gt'],
  ['<', 'lt'],
]);

/** A run of signs is cut where it stops being one: `>=` is `>` and `=`. */
function signTokens(run: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = run;
  while (rest !== '') {
    let length = 1;
    while (length < rest.length && signs.has(rest.slice(0, length + 1))) length += 1;
    tokens.push({ kind: 'sign', text: rest.slice(0, length) });
    rest = rest.slice(length);
  }
  return tokens;
}

function tokensOf(text: string): readonly Token[] {
  const words = text.match(/[=!(),><]+|[^=!(),>< \t\r\n]+/gu) ?? [];
  return [...words.flatMap((word) => (/^[=!(),><]/u.test(word) ? signTokens(word) : [{ kind: 'name', text: word } as const])), end];
}

/** Ends the parsing with a message; caught by `parseLabelSelector` only. */
class Unexpected extends Error {}

class SelectorParser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  private next(): Token {
    return this.tokens[this.position] ?? end;
  }

  private take(): Token {
    const token = this.next();
    this.position += 1;
    return token;
  }

  private nextIs(sign: string): boolean {
    return this.next().kind === 'sign' && this.next().text === sign;
  }

  private fail(found: Token, expected: string): never {
    throw new Unexpected(`found '${found.text}', expected: ${expected}`);
  }

  requirements(): readonly Requirement[] {
    const found: Requirement[] = [];
    while (this.next().kind !== 'end') {
      if (this.next().kind !== 'name' && !this.nextIs('!')) this.fail(this.next(), "!, identifier, or 'end of string'");
      found.push(this.requirement());
      if (this.next().kind === 'end') break;
      if (!this.nextIs(',')) this.fail(this.next(), "',' or 'end of string'");
      this.take();
      if (this.next().kind !== 'name' && !this.nextIs('!')) this.fail(this.next(), "identifier after ','");
    }
    return sortedByKey(found);
  }

  private requirement(): Requirement {
    try {
      const read = this.condition();
      if (!read.ok) throw new Unexpected(read.message);
      return read.value;
    } catch (error) {
      if (error instanceof Unexpected) throw new Unexpected(`unable to parse requirement: ${error.message}`);
      throw error;
    }
  }

  private condition(): Read<Requirement> {
    const isNegated = this.nextIs('!');
    if (isNegated) this.take();
    const key = this.take();
    if (key.kind !== 'name') this.fail(key, 'identifier');
    const wrong = qualifiedName(key.text);
    if (wrong.length > 0) return { ok: false, message: invalid('<nil>', key.text, wrong.join('; ')) };
    if (isNegated) return requirement({ key: key.text, operator: '!', values: [] });
    if (this.next().kind === 'end' || this.nextIs(',')) return requirement({ key: key.text, operator: 'exists', values: [] });
    const sign = this.take();
    const operator = binaryOperators.get(sign.text);
    if (operator === undefined) this.fail(sign, binary.join(', '));
    const values = operator === 'in' || operator === 'notin' ? this.values() : [this.value()];
    return requirement({ key: key.text, operator, values: [...new Set(values)].sort() });
  }

  private value(): string {
    if (this.next().kind === 'end' || this.nextIs(',')) return '';
    const token = this.take();
    return token.kind === 'name' ? token.text : this.fail(token, 'identifier');
  }

  /** `(a,b)`; nothing between the commas, or between the brackets, is the empty value. */
  private values(): readonly string[] {
    const open = this.take();
    // Here, and only here, the real parser forgets the comma of its sentence.
    if (open.text !== '(') throw new Unexpected(`found '${open.text}' expected: '('`);
    if (this.nextIs(')')) return [this.take()].map(() => '');
    if (this.next().kind !== 'name' && !this.nextIs(',')) this.fail(this.next(), "',', ')' or identifier");
    const found: string[] = [];
    for (;;) {
      const token = this.take();
      if (token.kind === 'name') {
        found.push(token.text);
        if (!this.nextIs(',') && !this.nextIs(')')) this.fail(this.next(), "',' or ')'");
      } else if (token.kind === 'sign' && token.text === ',') {
        if (found.length === 0 || this.nextIs(',') || this.nextIs(')')) found.push('');
      } else this.fail(token, "',', or identifier");
      if (this.nextIs(')')) {
        this.take();
        return found;
      }
    }
  }
}

/** Reads what follows `-l`, such as `app=web,env in (prod,qa),!old`; an empty text selects everything. Models apimachinery labels/selector.go, Parse. */
export function parseLabelSelector(text: string): Read<readonly Requirement[]> {
  try {
    return { ok: true, value: new SelectorParser(text).requirements() };
  } catch (error) {
    if (error instanceof Unexpected) return { ok: false, message: error.message };
    throw error;
  }
}
