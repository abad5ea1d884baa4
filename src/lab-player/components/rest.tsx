import { render, type JSX } from 'preact';
import { Goals } from './goals.tsx';
import type { PartProps } from './player.ts';
import { UnlessTyping } from './unless-typing.tsx';
import { Why } from './why.tsx';

/** All below the timeline, in its fixed order. */
export function Rest(props: PartProps): JSX.Element {
  const { session, player } = props;
  const inside = session.opened ? player.inside : undefined;
  return (
    <>
      <Goals {...props} />
      <Why {...props} />
      {inside && (
        <>
          <inside.Log {...props} />
          <inside.RealCluster {...props} />
        </>
      )}
      {/* The lab's one voice. Its role is none: an empty status bar would be read as one. */}
      <p class="sr" aria-live="polite" data-spoken />
    </>
  );
}

/** Draws it over what the build has drawn: the same elements stay, so that neither focus nor a pressed button is lost. */
export function drawRest(root: Element, props: PartProps): void {
  render(
    <UnlessTyping {...props}>
      <Rest {...props} />
    </UnlessTyping>,
    root,
  );
}
