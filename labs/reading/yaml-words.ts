import type { Complaint, Mark } from './yaml-complaint.ts';

/** A mistake in plain words, at an offset. */
export interface Words {
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
  readonly offset: number;
}

const spaces = (count: number): string => `${String(count)} ${count === 1 ? 'space' : 'spaces'}`;

/** A line with a place on it. */
interface Line {
  readonly start: number;
  /** Behind the indentation and the dashes of lists. */
  readonly content: number;
  readonly text: string;
  readonly indent: number;
}

function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /^[^\r\n]*/u.exec(text.slice(start))?.[0] ?? '';
  const indent = line.search(/[^ ]|$/u);
  return { start, content: start + (/^ *(?:- +)*/u.exec(line)?.[0].length ?? 0), text: line, indent };
}

/** Lines that no YAML has, whatever the library noticed of them. */
function foreignLine(line: Line): Words | undefined {
  const { text, start } = line;
  if (/^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/u.test(text))
    return { message: 'git left a merge conflict here', expected: 'the lines of one side, without the marks <<<<<<<, ======= and >>>>>>>', offset: start };
  if (/^(?:-{2}|-{4,})\s*$/u.test(text))
    return { message: 'this line is made of dashes, but not of three', expected: 'three dashes (---) between two documents', offset: start };
  const blank = text.search(/\u00a0/u);
  if (blank >= 0)
    return {
      message: 'there is a no-break space (U+00A0) here: it looks like a blank, and is none',
      expected: 'plain blanks',
      hint: 'This often comes from copying out of a web page or a document.',
      offset: start + blank,
    };
  return undefined;
}

/** `-name: x`: no item, but a field whose name begins with a dash. */
function gluedDash({ text, start, indent }: Line): Words | undefined {
  if (!/^ *-[A-Za-z]/u.test(text)) return undefined;
  return { message: 'there is no blank behind the dash of this line', expected: 'a list item: "- name: value"', offset: start + indent };
}

/** A line that should have been a field. */
function noField(line: Line): Words {
  const foreign = foreignLine(line) ?? gluedDash(line);
  if (foreign !== undefined) return foreign;
  const content = line.text.slice(line.content - line.start).trimEnd();
  const offset = line.content;
  if (/^["']/u.test(content) && !content.slice(1).includes(content.charAt(0))) return openQuote(content.charAt(0), offset);
  const glued = /^([\w./-]{1,60}):([^\s:/][^:]{0,60})$/u.exec(content);
  if (glued !== null)
    return {
      message: 'there is no blank behind the colon of this line',
      expected: 'name: value',
      hint: `Write "${glued[1] ?? ''}: ${glued[2] ?? ''}".`,
      offset,
    };
  if (content.startsWith(':')) return { message: 'the colon of this line stands before its name', expected: 'name: value', offset };
  const [, name = '', value] = /^([\w./-]{1,60})(?:\s+(.{1,60}))?$/u.exec(content) ?? [];
  const hint = value === undefined ? `If it is a field, write "${name}:"; if not, remove the line.` : `Write "${name}: ${value}".`;
  return { message: 'this line has no colon', expected: 'name: value', hint: name === '' ? 'Put a colon and a blank behind the name.' : hint, offset };
}

const openQuote = (quote: string, offset: number): Words => ({
  message: `this quote (${quote}) is never closed`,
  expected: `a second ${quote} at the end of the value`,
  offset,
});

/** A colon where no field can begin: on a line that already has one, or on one that is read as more of the text above. */
function secondColon(text: string, at: Mark, near: Mark | undefined): Words {
  const line = lineAt(text, at.offset);
  if (near !== undefined && near.offset < line.start) {
    const above = lineAt(text, near.offset);
    if (near.offset === above.content) return noField(above);
    const level = above.content - above.start;
    return (
      foreignLine(line) ??
      foreignLine(above) ??
      gluedDash(above) ?? {
        message:
          line.indent > level
            ? `this line is indented deeper (${spaces(line.indent)}) than the one above (${String(level)}), which already has a value`
            : 'this line is read as more of the value above it',
        expected: `${spaces(level)}, or no value on the line above`,
        hint: 'Fields of one object stand exactly below each other.',
        offset: line.start + line.indent,
      }
    );
  }
  return {
    message: 'there is a second ": " on this line',
    expected: 'one field and one value on a line',
    hint: 'If the colon belongs to the value, put the value in quotes.',
    offset: at.offset,
  };
}

/** Something at the start of a line that fits no open level. */
function wrongLine(text: string, line: Line, at: Mark, began: Mark | undefined, isList: boolean): Words {
  const rest = text.slice(at.offset, at.offset + 2);
  const column = began?.column ?? 0;
  if (rest.startsWith('-') && /\s|^$/u.test(rest.charAt(1)) && (at.column === column || !isList))
    return { message: 'a list item stands where a field is expected', expected: 'a field (name: value), or a deeper level for the list', offset: at.offset };
  const isField = /^\S[^#]*?:(?:\s|$)/u.test(line.text.trimStart());
  if (!isField)
    return {
      message: 'this line is not indented like the ones it belongs to',
      expected: 'the same number of spaces as its neighbours',
      hint: 'Items of one list start in the same column.',
      offset: at.offset,
    };
  if (isList && at.column === column)
    return { message: 'a field stands where a list item is expected', expected: 'a list item (-), or the column of the other fields', offset: at.offset };
  return {
    message: `this line is indented by ${spaces(at.column)}, which is no level that is open here`,
    expected: 'the same number of spaces as the fields it belongs to',
    hint: isList ? `The fields of a list item stand below its first one, behind the "- ".` : 'Fields of one object stand exactly below each other.',
    offset: at.offset,
  };
}

/** The parser expected a field or a list item. */
function wrongEntry(text: string, { at, began, near }: Complaint, isList: boolean): Words {
  const line = lineAt(text, at.offset);
  const foreign = foreignLine(line);
  if (foreign !== undefined) return foreign;
  const first = text.charAt(at.offset);
  if (at.offset === line.start + line.indent) return wrongLine(text, line, at, began, isList);
  if (']},'.includes(first)) return strayBracket(first, at.offset);
  const quote = near === undefined ? '' : text.charAt(near.offset);
  if (near !== undefined && (quote === '"' || quote === "'")) {
    // A quote that was closed by the next one, some lines below.
    if (near.offset < line.start) return openQuote(quote, near.offset);
    return {
      message: 'there is more text behind the closing quote',
      expected: 'the end of the line behind the quote',
      hint: 'Put all of the value into the quotes, or none of it.',
      offset: at.offset,
    };
  }
  return { message: 'this does not belong to the value before it', expected: 'the end of the line, or a value in quotes', offset: at.offset };
}

const strayBracket = (bracket: string, offset: number): Words => ({
  message: bracket === ',' ? 'there is a comma without a value before it' : `a "${bracket}" without its opening bracket`,
  expected: 'a value',
  hint: 'If the character belongs to the value, put the value in quotes.',
  offset,
});

/** Inside brackets: one that is never closed takes in the lines below, else something is missing between two values. */
function inBrackets(text: string, at: Mark, opened: Mark): Words {
  const bracket = text.charAt(opened.offset);
  const closing = bracket === '{' ? '}' : ']';
  const next = /[[\]{}]/u.exec(text.slice(at.offset))?.[0];
  const isNewField = at.line > opened.line && /^ *(?:- +)*[\w./-]+:(?:\s|$)/u.test(lineAt(text, at.offset).text);
  if (next !== closing || isNewField) return { message: `this "${bracket}" is never closed`, expected: `a "${closing}" at its end`, offset: opened.offset };
  return { message: 'a comma is missing between two items', expected: `a comma, or "${closing}"`, offset: at.offset };
}

function noContent(text: string, { at, near }: Complaint): Words {
  const first = text.charAt(at.offset);
  if (near !== undefined && '[{'.includes(text.charAt(near.offset)) && (first === '' || !']},-?:'.includes(first))) return inBrackets(text, at, near);
  if (first !== '' && ']},'.includes(first)) return strayBracket(first, at.offset);
  return { message: 'there is no value here', expected: 'a value, in quotes if it begins with one of - ? : [ ] { } ,', offset: at.offset };
}

function noToken(text: string, at: Mark): Words {
  const character = text.charAt(at.offset);
  if (character === '\t')
    return {
      message: 'there is a tab at the start of this line',
      expected: 'spaces: YAML does not allow tabs in indentation',
      hint: 'Replace each tab by two spaces.',
      offset: at.offset,
    };
  const line = lineAt(text, at.offset);
  const rest = line.text.slice(at.offset - line.start).trim();
  return {
    message: `a value cannot begin with ${character}`,
    expected: 'a value in quotes',
    ...(rest.length < 80 && {
      hint: `Write "${rest.replaceAll('"', '')}" in quotes.`,
    }),
    offset: at.offset,
  };
}

/** What is wrong with words that begin with a special character, by that character. */
function special(text: string, { began, at }: Complaint): Words {
  const offset = began?.offset ?? at.offset;
  const character = text.charAt(offset);
  if (character === '&' || character === '*')
    return {
      message: 'this anchor or alias has no proper name',
      expected: '&name or *name',
      hint: `If the ${character} belongs to the value, put the value in quotes.`,
      offset,
    };
  if (character === '!')
    return {
      message: 'this tag (a word with "!") cannot be read',
      expected: 'a value without a tag',
      hint: 'If the "!" belongs to the value, put the value in quotes.',
      offset,
    };
  if (character === '%') return { message: 'a line that starts with "%" is a directive, and this one is none', expected: 'a field or a comment', offset };
  if (character === '|' || character === '>')
    return {
      message: `there is more behind the "${character}" than a text of several lines may have`,
      expected: `nothing behind "${character}", and the text on the following lines, indented deeper`,
      hint: `If the ${character} belongs to the value, put the value in quotes.`,
      offset,
    };
  return { message: 'kubectl cannot read the text from here on', expected: 'a field (name: value), a list item (- value) or a comment (#)', offset: at.offset };
}

/** Where libyaml notices these is where they are, and there is one reason for each. */
const alwaysTheSame: readonly (readonly [said: RegExp, words: Omit<Words, 'offset'>])[] = [
  [
    /^mapping keys/u,
    { message: 'a value cannot begin with "? "', expected: 'a value in quotes', hint: '"? " begins a name, and only at the start of a line.' },
  ],
  [
    /^block sequence/u,
    { message: 'a list cannot begin on the line of its field', expected: 'the items on the following lines', hint: 'Start a new line before the "-".' },
  ],
  [
    // libyaml spells it so.
    /escape character|hexdecimal|escape code/u,
    {
      message: 'no such escape sequence in double quotes',
      expected: 'one of \\n, \\t, \\", \\\\, \\u0041 …',
      hint: 'In single quotes a backslash is a plain character.',
    },
  ],
];

/** Says in plain words what libyaml noticed, at the place where the mistake began. */
export function complaintWords(complaint: Complaint, text: string): Words {
  const { problem, at, began = at, near } = complaint;
  if (problem === "could not find expected ':'") return noField(lineAt(text, began.offset));
  if (problem.startsWith('mapping values')) return secondColon(text, at, near);
  if (problem === 'did not find expected key') return wrongEntry(text, complaint, false);
  if (problem.endsWith("'-' indicator")) return wrongEntry(text, complaint, true);
  if (problem.startsWith("did not find expected ','")) return inBrackets(text, at, began);
  if (problem.endsWith('node content')) return noContent(text, complaint);
  if (problem.endsWith('start any token') || problem.includes('a tab character')) return noToken(text, at);
  if (problem.endsWith('end of stream') || problem.endsWith('document indicator')) return openQuote(text.charAt(began.offset), began.offset);
  if (problem.includes('<document start>'))
    return {
      message: 'this directive (a line with "%") has no document of its own',
      expected: 'a text without directives: kubectl cuts at "---" and reads the directive alone',
      offset: Math.max(0, text.search(/^%/mu)),
    };
  if (problem.startsWith('unknown anchor'))
    return {
      message: `no anchor &${problem.split("'")[1] ?? ''} stands before this alias`,
      expected: 'an alias of something that is complete before it',
      hint: 'If the * belongs to the value, put the value in quotes.',
      offset: at.offset,
    };
  const same = alwaysTheSame.find(([said]) => said.test(problem))?.[1];
  return same === undefined ? special(text, complaint) : { ...same, offset: at.offset };
}
