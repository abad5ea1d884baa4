import { Component, type ComponentChildren } from 'preact';
import type { PartProps } from './player.ts';

interface Props extends PartProps {
  readonly children: ComponentChildren;
}

/** What does not show the typed texts: while the learner types it is left alone, since a picture of 100 volumes takes longer to draw than a letter may. */
export class UnlessTyping extends Component<Props> {
  #drawn: readonly unknown[] = [];

  override shouldComponentUpdate({ session, player }: Props): boolean {
    const needed = [player.later, player.inside, ...Object.values({ ...session, drafts: undefined })];
    const same = needed.length === this.#drawn.length && needed.every((value, index) => value === this.#drawn[index]);
    this.#drawn = needed;
    return !same;
  }

  override render({ children }: Props): ComponentChildren {
    return children;
  }
}
