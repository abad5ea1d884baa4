import { Component, type JSX } from 'preact';
import type { Language } from '../../../labs/lab.ts';
import type { PartErrors } from '../opaque.ts';
import { paint, type PaintedLine } from '../paint.ts';

interface TextProps {
  readonly text: string;
  readonly language: Language;
  readonly errors: PartErrors;
  /** Behind another tab nobody sees the colours. */
  readonly isOpen: boolean;
}

/** The coloured and numbered copy under a text area. Of a long text only the lines that changed are drawn again. */
export class PaintedText extends Component<TextProps> {
  #lines: readonly PaintedLine[] = [];

  override render({ text, language, errors, isOpen }: TextProps): JSX.Element {
    this.#lines = isOpen ? paint(text, language, errors, this.#lines) : [];
    return (
      <ol aria-hidden="true">
        {this.#lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    );
  }
}

interface LineProps {
  readonly line: PaintedLine;
}

class Line extends Component<LineProps> {
  override shouldComponentUpdate({ line }: LineProps): boolean {
    return line !== this.props.line;
  }

  override render({ line: { pieces, wrong } }: LineProps): JSX.Element {
    return (
      <li class={wrong ? 'bad-ln' : undefined}>
        {pieces.map((piece) =>
          piece.kind || piece.wrong ? <span class={`${piece.kind ?? ''}${piece.wrong ? ' squig' : ''}`}>{piece.text}</span> : piece.text,
        )}
      </li>
    );
  }
}
