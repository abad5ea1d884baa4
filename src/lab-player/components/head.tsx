import type { JSX } from 'preact';
import { idIn, type PartProps } from './player.ts';
import { Icon, Rich } from './rich.tsx';

/** Name, way to the full size, and how far the model can be trusted. Drawn by the build alone: nothing in it ever changes. */
export function Head({ session }: Pick<PartProps, 'session'>): JSX.Element {
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
      {isFull && <span>{meta.minutes} min</span>}
      {isFull ? <Truth session={session} /> : <TruthLink session={session} />}
    </header>
  );
}

/** Beside the text the badge leads to what the lab's own page says. */
function TruthLink({ session }: Pick<PartProps, 'session'>): JSX.Element {
  const { agreements, url } = session.page;
  return (
    <a class="truth" href={`${url}#fidelity`}>
      {agreements[0] && <Icon name="check" />}
      {agreements[0]?.text ?? 'What is simulated'}
    </a>
  );
}

function Truth({ session }: Pick<PartProps, 'session'>): JSX.Element {
  const { lab, page } = session;
  return (
    <details class="truth">
      <summary>
        {page.agreements[0] && <Icon name="check" />}
        {page.agreements[0]?.text ?? 'What is simulated'}
      </summary>
      <div class="truths">
        {page.agreements.slice(1).map(({ text }) => (
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
