import type { JSX } from 'preact';
import { idIn, type PartProps } from './player.ts';
import { Icon, Rich } from './rich.tsx';

type HeadProps = Pick<PartProps, 'session'> & { readonly agreements: readonly string[] };

/** Name, way to the full size, and how far the model can be trusted. Drawn by the build alone; another scenario changes what the badge says. */
export function Head({ session, agreements }: HeadProps): JSX.Element {
  const { lab, page, scenario } = session;
  const { meta } = lab;
  const Heading = `h${page.heading}` as const;
  const isFull = page.layout === 'full';
  return (
    <header class="lab-head">
      <Heading id={idIn(session, 'name')}>{isFull ? meta.title : scenario.title}</Heading>
      {!isFull && (
        <a href={`${page.url}#scenario=${scenario.id}`}>
          <span class="sr">Full size: </span>
          {meta.title}
        </a>
      )}
      {isFull ? <Truth session={session} agreements={agreements} /> : <TruthLink session={session} />}
    </header>
  );
}

/** Beside the text the badge leads to what the lab's own page says. */
function TruthLink({ session }: Pick<PartProps, 'session'>): JSX.Element {
  const { agreement } = session.scenario;
  return (
    <a class="truth" href={`${session.page.url}#fidelity`}>
      {agreement !== undefined && <Icon name="check" />}
      {agreement ?? 'What is simulated'}
    </a>
  );
}

function Truth({ session, agreements }: HeadProps): JSX.Element {
  const { lab, scenario } = session;
  return (
    <details class="truth">
      <summary>
        {scenario.agreement !== undefined && <Icon name="check" />}
        <span data-agreement>{scenario.agreement ?? 'What is simulated'}</span>
      </summary>
      <div class="truths">
        {agreements.map((text) => (
          <p>{text}</p>
        ))}
        <p>
          <b>Simulated:</b>
        </p>
        <Points items={lab.meta.modelled} />
        <p>
          <b>Not simulated:</b>
        </p>
        <Points items={lab.meta.notModelled} />
      </div>
    </details>
  );
}

function Points({ items }: { readonly items: readonly string[] }): JSX.Element {
  return (
    <ul>
      {items.map((item) => (
        <li>
          <Rich text={item} />
        </li>
      ))}
    </ul>
  );
}
