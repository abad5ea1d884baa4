import { positionsIn } from './reading-error.ts';
import { kubectlSentence } from './yaml-complaint.ts';
import { parseDocument } from './yaml-parser.ts';
import { complaintWords } from './yaml-words.ts';
import type { ReadingError } from './reading-error.ts';
import type { YamlEvent } from './yaml-events.ts';
import type { Words } from './yaml-words.ts';

/** Words for what follows a document that has ended, which kubectl passes over in silence. */
function restWords(text: string, offset: number): Words {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = /^\s*/u.exec(text)?.[0].replace(/^.*\n/su, '').length ?? 0;
  if (indent > 0 && offset - lineStart < indent)
    return {
      message: 'this line is indented less than the first one, so the object ends above it',
      expected: 'all fields of an object exactly below each other',
      hint: 'The first line is often the one that slipped.',
      offset,
    };
  return {
    message: 'this does not go with what stands above it',
    expected: 'the same kind of lines as before: fields, or list items',
    hint: 'A new document starts after a line "---".',
    offset,
  };
}

function errorOf(text: string, { offset, ...said }: Words, kubectl?: string): ReadingError {
  return { ...positionsIn(text)(Math.min(offset, text.length)), ...said, ...(kubectl === undefined ? {} : { kubectl }) };
}

/**
 * Cuts a text where kubectl does, at each line that begins with `---` unless nothing stands before it, and parses each document; kubectl's lines count
 * within a document. The first mistake comes in plain words at the place where it began, with kubectl's own sentence where that is certain.
 * Models apimachinery pkg/util/yaml/decoder.go YAMLReader, which also ends the last line.
 */
export function parseDocuments(text: string, depthMax: number): { readonly documents: readonly (readonly YamlEvent[])[] } | { readonly error: ReadingError } {
  const documents: (readonly YamlEvent[])[] = [];
  // What begins with a brace is read as JSON: other sentences than those of YAML.
  let isSure = !/^\s*\{/u.test(text);
  let begin = 0;
  for (const cut of [...text.matchAll(/(?<![^\n])---([^\n]*)/gu), undefined]) {
    const end = cut?.index ?? text.length;
    const behind = cut?.[1]?.trim() ?? '';
    const isRefused = behind !== '' && !behind.startsWith('#');
    // Text behind --- is refused before the document above it is decoded.
    isSure &&= !isRefused;
    if (end > begin) {
      const ended = cut === undefined && !text.endsWith('\n') ? `${text}\n` : text.slice(0, end);
      const { events, complaint, rest, tooDeep } = parseDocument(ended, begin, depthMax);
      if (complaint !== undefined) return { error: errorOf(text, complaintWords(complaint, text), isSure ? kubectlSentence(complaint) : undefined) };
      if (tooDeep !== undefined) return { error: errorOf(text, { message: 'this is nested too deeply', expected: 'fewer levels', offset: tooDeep }) };
      if (rest !== undefined) return { error: errorOf(text, restWords(text, rest)) };
      documents.push(events);
      begin = end + (cut?.[0].length ?? 0) + 1;
    }
    if (isRefused) {
      const words = { message: 'there is text behind "---"', expected: 'a line with nothing but ---', offset: end };
      return { error: errorOf(text, words, `invalid Yaml document separator: ${behind}`) };
    }
  }
  return { documents };
}
