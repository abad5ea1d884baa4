/** What kubectl reads as one document. */
export interface ManifestText {
  readonly lines: string;
  /** Lines above it. */
  readonly lineOffset: number;
  /** Text behind a `---`, which kubectl does not allow, and the line of that. */
  readonly separator?: { readonly text: string; readonly line: number };
}

/**
 * Cuts a text where kubectl does: at each line that begins with `---`, even inside a text of several lines.
 * Models apimachinery pkg/util/yaml/decoder.go YAMLReader.
 */
export function manifestTexts(text: string): readonly ManifestText[] {
  const texts: ManifestText[] = [];
  let held: string[] = [];
  let begin = 0;
  let separator: ManifestText['separator'];
  const cut = (): void => {
    if (held.length > 0 || separator !== undefined) texts.push({ lines: held.join('\n'), lineOffset: begin, ...(separator && { separator }) });
    held = [];
    separator = undefined;
  };
  for (const [index, line] of text.split('\n').entries()) {
    const isSeparator = line.startsWith('---');
    if (isSeparator && held.length > 0) cut();
    else {
      if (held.length === 0) begin = index;
      held.push(isSeparator ? '---' : line);
    }
    const behind = isSeparator ? line.slice(3).trim() : '';
    if (behind !== '' && !behind.startsWith('#')) separator = { text: behind, line: index + 1 };
  }
  cut();
  return texts;
}
