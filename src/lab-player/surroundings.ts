import type { Player } from './components/player.ts';
import type { OpaqueLab, OpaqueTelling } from './opaque.ts';
import type { Runtime } from './runtime.ts';

/** What a player draws with, and what it fetches when it is needed. */
export interface Surroundings {
  /** Holds what stands below the timeline, as the build has drawn it. */
  readonly rest: Element;
  readonly draw: (runtime: Runtime) => void;
  /** The lab with its models. */
  readonly lab: () => Promise<OpaqueLab>;
  /** What the lab says about a run, where it stands apart; nothing above the timeline needs it. */
  readonly telling: () => Promise<OpaqueTelling> | undefined;
  readonly inside: () => Promise<NonNullable<Player['inside']>>;
}

/** What is there when a player begins: on a lab's own page everything around the picture, with a lab without `replay.ts` its models. */
export interface Ready {
  readonly lab?: OpaqueLab | undefined;
  readonly inside?: Player['inside'];
}
