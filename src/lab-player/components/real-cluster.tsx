import type { JSX } from 'preact';
import { plain } from '../format.ts';
import { frameOf } from '../history.ts';
import { shown } from '../session.ts';
import type { PartProps, Player } from './player.ts';

/** The same steps for a real cluster. */
export function RealCluster({ session, player }: PartProps): JSX.Element | null {
  const { lab, history, scenario } = session;
  const real = lab.realCluster?.(frameOf(history).state);
  const commands = [...(real?.commands ?? []), ...scenario.commands];
  if (!real && commands.length === 0) return null;
  return (
    <details
      class="real-steps"
      open={session.showsReal}
      onToggle={({ currentTarget }) => {
        player.change(shown({ showsReal: currentTarget.open }));
      }}
    >
      <summary>The same on a real cluster</summary>
      {real && real.manifests.trim() !== '' && (
        <>
          <Copyable text={real.manifests} what="the manifests" player={player} />
          <p class="s dim">Save it as lab.yaml, then:</p>
        </>
      )}
      {commands.length > 0 && <Copyable text={[...new Set(commands)].map(plain).join('\n')} what="the commands" player={player} />}
    </details>
  );
}

function Copyable({ text, what, player }: { readonly text: string; readonly what: string; readonly player: Player }): JSX.Element {
  return (
    <div class="copyable">
      <pre tabIndex={0} role="group" aria-label={what}>
        {text.trimEnd()}
      </pre>
      <button
        type="button"
        class="btn"
        onClick={() => {
          player.ask('copyText', text);
        }}
      >
        Copy<span class="sr"> {what}</span>
      </button>
    </div>
  );
}
