import { whenIdle } from './idle.ts';
import type { OpaqueLab } from './opaque.ts';

/** The lab with its models, fetched once, and what waits for it. */
export class Models {
  readonly #fetch: () => Promise<OpaqueLab>;
  #foretold = false;
  /** Undefined until they have come. */
  lab: OpaqueLab | undefined;
  /** What the reader did since they were asked for, in order; undefined when nothing waits. */
  queue: (() => void)[] | undefined;

  constructor(fetch: () => Promise<OpaqueLab>, lab: OpaqueLab | undefined) {
    this.#fetch = fetch;
    this.lab = lab;
  }

  /** Fetches them, unless they are there. Rejects when that fails; asking again tries again. */
  async load(): Promise<OpaqueLab> {
    return (this.lab ??= await this.#fetch());
  }

  /** Who steps or types will soon act: the models come when the browser has nothing better to do, so that the first act takes hold at once. */
  foretell(): void {
    if (this.#foretold || this.lab) return;
    this.#foretold = true;
    // Nobody waits for it yet, so a failure is told when somebody does.
    whenIdle(() => void this.load().catch(() => undefined));
  }
}
