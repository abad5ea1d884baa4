import type { JSX } from 'preact';
import { besideHistory, labelOfShown } from '../beside.ts';
import type { Session } from '../session.ts';
import { subheading } from './player.ts';
import { Shown, type StageProps } from './stage.tsx';

/** Two runs side by side. */
export function Beside({ beside, ...props }: StageProps & { readonly beside: NonNullable<Session['beside']> }): JSX.Element {
  const { session } = props;
  const { lab, history } = session;
  const Heading = subheading(session);
  return (
    <div class="beside">
      <div class="side">
        <Heading>{labelOfShown(lab, history, beside.other)}</Heading>
        <Shown {...props} />
      </div>
      <div class="side">
        <Heading>{beside.label}</Heading>
        <Shown {...props} session={{ ...session, history: besideHistory(history, beside.branch) }} />
      </div>
    </div>
  );
}
