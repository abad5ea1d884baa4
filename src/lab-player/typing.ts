import type { Player } from './components/player.ts';
import { drafted } from './session-typing.ts';

/** Reading waits until typing pauses for so long. */
const pauseMs = 250;
const waiting = new WeakMap<Player, ReturnType<typeof setTimeout>>();

/** The learner typed into a text; it is read soon. */
export function typed(player: Player, part: string, text: string): void {
  player.set(drafted(part, text));
  clearTimeout(waiting.get(player));
  waiting.set(
    player,
    setTimeout(() => {
      player.ask('read', `text-${part}`);
    }, pauseMs),
  );
  player.ask('save');
}
