import { drawsAlike } from '../../src/cli/visual-camera.ts';

/** Says once, before the browser tests, that pictures are not compared where they cannot be. */
export default function sayWhetherPicturesAreCompared(): void {
  if (!drawsAlike()) console.log('Not on Debian: how pages look is not compared with the baselines (tests/visual/), which were drawn there.');
}
