import type { ComponentType } from 'preact';
import type { ViewProps } from '../../../labs/lab.ts';
import type { Other } from '../compare.ts';
import type { Act, Deed } from '../opaque.ts';
import type { Change, Session } from '../session.ts';

/** A lab's picture. */
export type View = ComponentType<ViewProps<unknown, Act>>;

/** What the parts of the player can ask for. In the built page nothing answers: `still`. */
export interface Player {
  /** Parts that come a moment later; undefined until then. */
  readonly panels: typeof import('./panels.ts') | undefined;
  /** What stands around the picture; in a chapter undefined until it is opened. */
  readonly inside: typeof import('./inside.ts') | undefined;
  readonly change: (change: Change) => void;
  /** The learner acts on the run. Until the models are there, the control of the offer `field` shows `value`. */
  readonly act: (deed: Deed, field?: { readonly offer: string; readonly value: string }) => void;
  /** What stands in a text field before it is asked. */
  readonly filled: (offer: string, text: string) => void;
  /** The learner typed into a text; it is read soon. */
  readonly typed: (part: string, text: string) => void;
  /** These texts take effect now, as if typed. */
  readonly putTexts: (texts: Readonly<Record<string, string>>) => void;
  /** Puts the caret at a place of a text. */
  readonly goTo: (part: string, line: number, column: number) => void;
  readonly chooseScenario: (id: string) => void;
  readonly playSolution: (index: number) => void;
  readonly compare: (other: Other | undefined) => void;
  readonly copyLink: () => void;
  readonly copyText: (text: string) => void;
  readonly saveFile: () => void;
  readonly openFile: (file: Blob) => void;
  readonly fullScreen: () => void;
}

const nothing = (): void => undefined;

/** The player of a page that does not run yet. */
export const still: Player = {
  panels: undefined,
  inside: undefined,
  change: nothing,
  act: nothing,
  filled: nothing,
  typed: nothing,
  putTexts: nothing,
  goTo: nothing,
  chooseScenario: nothing,
  playSolution: nothing,
  compare: nothing,
  copyLink: nothing,
  copyText: nothing,
  saveFile: nothing,
  openFile: nothing,
  fullScreen: nothing,
};

/** What every part gets. */
export interface PartProps {
  readonly session: Session;
  readonly player: Player;
}

/** An id of this player in the page. */
export function idIn({ page }: Session, name: string): string {
  return `${page.id}-${name}`;
}

/** A handler that changes the session. */
export function doing(player: Player, change: Change): () => void {
  return () => {
    player.change(change);
  };
}

/** The headings inside a lab stand one level under its name. */
export function subheading({ page }: Session): 'h2' | 'h3' | 'h4' | 'h5' {
  return `h${(page.heading + 1) as 2 | 3 | 4 | 5}`;
}
