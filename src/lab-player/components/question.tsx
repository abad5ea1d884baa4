import type { JSX } from 'preact';
import type { PartProps } from './player.ts';
import { Rich } from './rich.tsx';

/** What the lab asks, and which of its scenarios is shown: on its own page. */
export function Question({ session, player }: PartProps): JSX.Element {
  const { lab, scenario } = session;
  return (
    <>
      <p class="question">
        <Rich text={lab.meta.question} />
      </p>
      <div class="task">
        <label class="field">
          <span class="label">Scenario</span>
          <select
            class="input"
            value={scenario.listing === undefined ? scenario.id : ''}
            onChange={({ currentTarget }) => {
              player.ask('chooseScenario', currentTarget.value);
            }}
          >
            {scenario.listing !== undefined && <option value="">{scenario.title}</option>}
            <Options session={session} kind="show" label="Look" />
            <Options session={session} kind="challenge" label="Mend" />
          </select>
        </label>
        <p>
          <Rich text={scenario.task} />
        </p>
      </div>
    </>
  );
}

function Options({ session, kind, label }: { readonly session: PartProps['session']; readonly kind: string; readonly label: string }): JSX.Element | null {
  const items = session.page.scenarios.filter((item) => item.kind === kind);
  if (items.length === 0) return null;
  return (
    <optgroup label={label}>
      {items.map(({ id, title }) => (
        <option value={id} selected={id === session.scenario.id && session.scenario.listing === undefined}>
          {title}
        </option>
      ))}
    </optgroup>
  );
}
