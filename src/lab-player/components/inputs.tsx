import type { JSX } from 'preact';
import { offersAt } from '../offers.ts';
import { Editors } from './editor.tsx';
import { Offers } from './fields.tsx';
import type { PartProps } from './player.ts';

/** What is asked, and the texts that it is asked of. */
export function Inputs(props: PartProps): JSX.Element {
  return (
    <div class="fields">
      <div class="offers">
        <Offers {...props} place="input" />
      </div>
      <Editors {...props} />
    </div>
  );
}

/** What the learner can do to the running cluster. */
export function World({ session, player }: PartProps): JSX.Element | null {
  if (offersAt(session.lab, session.history, 'world').length === 0) return null;
  return (
    <div class="world">
      <Offers session={session} player={player} place="world" />
    </div>
  );
}
