import { positionsIn } from './reading-error.ts';
import type { ReadingError } from './reading-error.ts';

/** Which part of kubectl's YAML library complains decides how it counts lines. */
type By = 'scanner' | 'parser';

interface Words {
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
  readonly kubectl?: readonly [By, string];
  /** Where it began, if not where it was noticed. */
  readonly offset?: number;
}

function openingQuote(text: string, quote: '"' | "'"): number | undefined {
  const opening = new RegExp(`(?:^|[\\s[{,])(${quote})`, 'gmu');
  let last: number | undefined;
  for (const found of text.matchAll(opening)) {
    const offset = found.index + found[0].length - 1;
    const rest = text.slice(offset + 1, offset + 4096);
    const closes = quote === '"' ? /(?:^|[^\\])"/u.test(rest) : rest.replaceAll("''", '').includes("'");
    if (!closes) return offset;
    last = offset;
  }
  return last;
}

function openBracket(text: string, end: number): number | undefined {
  const open: number[] = [];
  for (const found of text.slice(0, end).matchAll(/"(?:\\.|[^"\\])*"|(?<=[\s[{,])'(?:''|[^'])*'|(?:^|\s)#.*$|[[\]{}]/gmu)) {
    if (found[0] === '[' || found[0] === '{') open.push(found.index);
    else if (found[0] === ']' || found[0] === '}') open.pop();
  }
  return open.at(-1);
}

const spaces = (count: number): string => `${String(count)} ${count === 1 ? 'space' : 'spaces'}`;

/** A mistake at the first character of a line. */
function wrongLine(text: string, lineStart: number, before: string, rest: string): Words {
  if (/^\S[^#]*?:(?:\s|$)/u.test(rest)) {
    const previous =
      text
        .slice(0, Math.max(0, lineStart - 1))
        .split('\n')
        .reverse()
        .find((candidate) => candidate.trim() !== '' && !candidate.trim().startsWith('#')) ?? '';
    const [here, above] = [before.length, previous.length - previous.trimStart().length];
    const isDeeper = here > above;
    return {
      message: isDeeper
        ? `this line is indented deeper (${spaces(here)}) than the one above (${String(above)}), which already has a value`
        : `this line is indented by ${spaces(here)}, which is no level that is open here`,
      expected: isDeeper ? `${spaces(above)}, or no value on the line above` : 'the same number of spaces as the fields it belongs to',
      hint: 'Fields of one object stand exactly below each other.',
      kubectl: isDeeper ? ['scanner', 'mapping values are not allowed in this context'] : ['parser', 'did not find expected key'],
    };
  }
  return {
    message: 'this line is not indented like the ones it belongs to',
    expected: 'the same number of spaces as its neighbours',
    hint: 'Items of one list start in the same column.',
    kubectl: ['parser', 'did not find expected key'],
  };
}

/** A mistake behind the first character of a line. */
function wrongRest(line: string, before: string, rest: string): Words {
  const first = rest.charAt(0);
  if (first === '@' || first === '`' || first === '%') {
    return {
      message: `a value cannot begin with ${first}`,
      expected: 'a value in quotes',
      hint: `Write "${rest.trim().replaceAll('"', '')}" in quotes.`,
      kubectl: ['scanner', 'found character that cannot start any token'],
    };
  }
  if (/['"]\s*$/u.test(before))
    return {
      message: 'there is more text behind the closing quote',
      expected: 'the end of the line behind the quote',
      hint: 'Put all of the value into the quotes, or none of it.',
      kubectl: ['parser', 'did not find expected key'],
    };
  if (first === '-')
    return {
      message: 'a list cannot begin on the line of its field',
      expected: 'the items on the following lines',
      hint: 'Start a new line before the "-".',
      kubectl: ['scanner', 'block sequence entries are not allowed in this context'],
    };
  if (first === ']' || first === '}' || first === ',')
    return {
      message: `a "${first}" without its opening bracket`,
      expected: 'a value',
      hint: 'If the character belongs to the value, put the value in quotes.',
      kubectl: ['parser', 'did not find expected node content'],
    };
  if (/:\s/u.test(line.slice(line.indexOf(':') + 1))) {
    return {
      message: 'there is a second ": " on this line',
      expected: 'one field and one value on a line',
      hint: 'If the colon belongs to the value, put the value in quotes.',
      kubectl: ['scanner', 'mapping values are not allowed in this context'],
    };
  }
  return {
    message: 'this does not belong to the value before it',
    expected: 'the end of the line, or a value in quotes',
    kubectl: ['parser', 'did not find expected key'],
  };
}

function indentation(text: string, noticed: number): Words {
  const noticedLine = text.lastIndexOf('\n', noticed - 1) + 1;
  const head = text.slice(noticedLine, noticed);
  // A deeper line below a value is read as more of the value, until its colon: the mistake is the line.
  const isLateColon = text.charAt(noticed) === ':' && head.trim() !== '' && !/:\s/u.test(head) && noticedLine > 0;
  const offset = isLateColon ? noticedLine + head.length - head.trimStart().length : noticed;
  const line = text.slice(noticedLine).split('\n', 1)[0] ?? '';
  const before = text.slice(noticedLine, offset);
  const rest = text.slice(offset).split('\n', 1)[0] ?? '';
  return before.trim() === '' ? { ...wrongLine(text, noticedLine, before, rest), offset } : wrongRest(line, before, rest);
}

/** Quotes and brackets that are never closed. */
function unclosed(reason: string, text: string, offset: number): Words | undefined {
  for (const [name, quote] of [
    ['single', "'"],
    ['double', '"'],
  ] as const) {
    if (!reason.endsWith(`within a ${name} quoted scalar`)) continue;
    const opened = openingQuote(text, quote);
    return {
      message: `this quote (${quote}) is never closed`,
      expected: `a second ${quote} at the end of the value`,
      kubectl: ['scanner', 'found unexpected end of stream'],
      ...(opened === undefined ? {} : { offset: opened }),
    };
  }
  if (reason.endsWith('within a flow collection')) {
    const opened = openBracket(text, offset);
    const bracket = opened === undefined ? '[' : text.charAt(opened);
    return {
      message: `this "${bracket}" is never closed`,
      expected: `a "${bracket === '{' ? '}' : ']'}" at its end`,
      kubectl: ['parser', bracket === '{' ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'"],
      ...(opened === undefined ? {} : { offset: opened }),
    };
  }
  return undefined;
}

function otherWords(reason: string, text: string, offset: number): Words {
  if (reason === 'unknown escape sequence' || reason === 'expected hexadecimal character')
    return {
      message: 'no such escape sequence in double quotes',
      expected: 'one of \\n, \\t, \\", \\\\, \\u0041 …',
      hint: 'In single quotes a backslash is a plain character.',
      kubectl: ['parser', 'found unknown escape character'],
    };
  if (reason.startsWith('nesting exceeded')) return { message: 'this is nested too deeply', expected: 'fewer levels' };
  if (reason.includes('missed comma')) {
    const closing = text.charAt(openBracket(text, offset) ?? 0) === '{' ? '}' : ']';
    return {
      message: 'a comma is missing between two items',
      expected: `a comma, or "${closing}"`,
      kubectl: ['parser', `did not find expected ',' or '${closing}'`],
    };
  }
  if (reason.includes('anchor') || reason.includes('alias'))
    return {
      message: 'this anchor or alias has no proper name',
      expected: '&name or *name',
      kubectl: ['scanner', 'did not find expected alphabetic or numeric character'],
    };
  if (reason.includes('tag'))
    return {
      message: 'this tag (a word with "!") cannot be read',
      expected: 'a value without a tag',
      hint: 'If the "!" belongs to the value, put the value in quotes.',
    };
  if (reason.includes('irective'))
    return {
      message: 'a line that starts with "%" is a directive, and this one is none',
      expected: 'a field or a comment',
      kubectl: ['scanner', 'could not find expected directive name'],
    };
  return { message: `this is not valid YAML: ${reason}`, expected: 'valid YAML' };
}

function wordsFor(reason: string, text: string, offset: number): Words {
  if (reason === 'bad indentation of a mapping entry' || reason === 'bad indentation of a sequence entry' || reason === 'deficient indentation')
    return indentation(text, offset);
  if (reason.startsWith('tab characters') || text.charAt(text.lastIndexOf('\n', offset - 1) + 1) === '\t') {
    return {
      message: 'there is a tab at the start of this line',
      expected: 'spaces: YAML does not allow tabs in indentation',
      hint: 'Replace each tab by two spaces.',
      kubectl: ['scanner', 'found character that cannot start any token'],
      offset: text.lastIndexOf('\n', offset - 1) + 1,
    };
  }
  const open = unclosed(reason, text, offset);
  if (open !== undefined) return open;
  if (reason.startsWith("expected ':'"))
    return {
      message: 'a field without a colon',
      expected: 'name: value',
      hint: 'Put a colon and a blank behind the name.',
      kubectl: ['scanner', "could not find expected ':'"],
      offset: text.lastIndexOf('\n', offset - 1) + 1,
    };
  if (reason === 'end of the stream or a document separator is expected') {
    const isItem = text.charAt(offset) === '-';
    return {
      message: isItem ? 'a list item stands where a field is expected' : 'this does not go with what stands above it',
      expected: isItem ? 'a field (name: value), or a deeper level for the list' : 'the same kind of lines as before: fields, or list items',
      hint: 'A new document starts after a line "---".',
      kubectl: ['parser', isItem ? 'did not find expected key' : "did not find expected '-' indicator"],
    };
  }
  return otherWords(reason, text, offset);
}

/** kubectl's library leaves the line out where it would be the first, and its parser counts one line too few. */
function kubectlSentence([by, sentence]: readonly [By, string], line: number): string {
  if (line === 1) return `yaml: ${sentence}`;
  return `yaml: line ${String(by === 'scanner' ? line : line - 1)}: ${sentence}`;
}

/** Turns a syntax error of js-yaml (its reason and the offset where it noticed) into plain words, at the place where the mistake began. */
export function syntaxError(reason: string, text: string, offset: number): ReadingError {
  const { message, expected, hint, kubectl, offset: began = offset } = wordsFor(reason, text, offset);
  const positions = positionsIn(text);
  return {
    ...positions(began),
    message,
    expected,
    ...(hint === undefined ? {} : { hint }),
    ...(kubectl === undefined ? {} : { kubectl: kubectlSentence(kubectl, positions(offset).line) }),
  };
}
