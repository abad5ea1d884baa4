import type { ComponentType } from 'preact';
import type { ViewProps } from '../../../labs/lab.ts';
import type { Act, Deed } from '../opaque.ts';
import type { Runtime } from '../runtime.ts';
import type { Change, Session } from '../session.ts';

/** A lab's picture. */
export type View = ComponentType<ViewProps<unknown, Act>>;

type Later = typeof import('../later.ts');
type RequestName =
  | 'bringBack'
  | 'chooseScenario'
  | 'compare'
  | 'copyLink'
  | 'copyText'
  | 'fullScreen'
  | 'goTo'
  | 'offerStored'
  | 'openFile'
  | 'openFragment'
  | 'playSolution'
  | 'read'
  | 'save'
  | 'saveFile';
type RestOf<Request> = Request extends (runtime: Runtime, ...rest: infer Rest) => unknown ? Rest : never;

/** How the control of an act looks while the act waits for the models, and afterwards. */
export interface Control {
  readonly waiting: Change;
  readonly done: Change;
}

/** What the parts of the player can ask for. In the built page nothing answers: `still`. */
export interface Player {
  /** Parts that come a moment later; undefined until then. */
  readonly later: Later | undefined;
  /** What stands around the picture; in a chapter undefined until it is opened. */
  readonly inside: typeof import('./inside.ts') | undefined;
  /** Takes its place behind an act that waits for the models. */
  readonly change: (change: Change) => void;
  /** Changes at once. */
  readonly set: (change: Change) => void;
  /** The learner acts on the run. */
  readonly act: (deed: Deed, control?: Control) => void;
  /** The learner will soon act. */
  readonly foretell: () => void;
  /** Does what `later` can do, once it is there. */
  readonly ask: <Name extends RequestName>(name: Name, ...rest: RestOf<Later[Name]>) => void;
}

const nothing = (): void => undefined;

/** The player of a page that does not run yet. */
export const still: Player = {
  later: undefined,
  inside: undefined,
  change: nothing,
  set: nothing,
  act: nothing,
  foretell: nothing,
  ask: nothing,
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

/** A handler that does a request which needs nothing more. */
export function asking(player: Player, name: 'copyLink' | 'saveFile' | 'bringBack' | 'fullScreen'): () => void {
  return () => {
    player.ask(name);
  };
}

/** The headings inside a lab stand one level under its name. */
export function subheading({ page }: Session): 'h2' | 'h3' | 'h4' | 'h5' {
  return `h${(page.heading + 1) as 2 | 3 | 4 | 5}`;
}
