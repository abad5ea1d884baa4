import type { JSX } from 'preact';
import { formatAt } from '../format.ts';
import { frameOf } from '../history.ts';
import { causesOf, frameOfEntry } from '../causes.ts';
import { selected, sought } from '../session.ts';
import { doing, idIn, type PartProps, subheading } from './player.ts';
import { Rich } from './rich.tsx';

/** The answer to "why?" for what was clicked, and the chain of causes back to what the learner did. */
export function Why({ session, player }: PartProps): JSX.Element | null {
  const { lab, history, selected: subject } = session;
  if (subject === undefined) return null;
  const explanation = lab.explain(frameOf(history).state, subject);
  const chain = explanation?.cause === undefined ? [] : causesOf(lab.log(frameOf(history).state, 0), explanation.cause);
  const title = idIn(session, 'why');
  const Heading = subheading(session);
  return (
    <div class="why-panel" role="group" aria-labelledby={title}>
      <div class="row">
        <Heading id={title} tabIndex={-1}>
          {explanation ? <Rich text={explanation.title} /> : 'Not there at this moment'}
        </Heading>
        <button type="button" class="btn bare" data-does="close" aria-label="Close the explanation" onClick={doing(player, selected(undefined))}>
          ✕
        </button>
      </div>
      <p>{explanation ? <Rich text={explanation.because} /> : 'What you asked about does not exist at this moment of the run.'}</p>
      {explanation?.steps && (
        <ol class="steps">
          {explanation.steps.map((step) => (
            <li>
              <Rich text={step} />
            </li>
          ))}
        </ol>
      )}
      {chain.length > 0 && (
        <ol class="chain" aria-label="Chain of causes, the latest first">
          {chain.map(({ id, atMs, text, because }) => (
            <li>
              <button type="button" class="link" onClick={doing(player, sought(frameOfEntry(lab, history.branch, id)))}>
                {id}, {formatAt(lab.meta, atMs)}
              </button>{' '}
              <Rich text={text} />
              {because !== undefined && (
                <span class="dim">
                  {' '}
                  <Rich text={because} />
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {explanation?.source !== undefined && (
        <p class="s dim">
          <Source source={explanation.source} />
        </p>
      )}
    </div>
  );
}

/** An address becomes a link, anything else is named. */
function Source({ source }: { readonly source: string }): JSX.Element {
  return source.startsWith('https://') ? <a href={source}>Read on: {source.replace(/^https:\/\//, '')}</a> : <Rich text={`From: ${source}`} />;
}
