import type { State } from './state.ts';
import { currentPassage } from './way.ts';
import { currentStep } from './state.ts';
import { packetKind } from './words.ts';

/** A line of the packet’s label: `to 10.96.0.50:80`. */
export interface TagLine {
  readonly word: string;
  readonly value: string;
  /** `old`: no longer so; `new`: since this step. */
  readonly is?: 'old' | 'new' | 'lost';
}

/** What the packet is now, in two lines: what changed, or else whence and where to. Empty before it is sent. */
export function labelOf(state: State): readonly TagLine[] {
  const step = currentStep(state);
  const { before, after } = currentPassage(state);
  const packet = after ?? before;
  if (!step || !packet) return [];
  if (!after || step.kind === 'lost')
    return [
      { word: '✗', value: packetKind(packet), is: 'lost' },
      { word: 'to', value: packet.dst },
    ];
  const { encapsulation } = after;
  if (encapsulation) {
    return [
      { word: 'VXLAN to', value: hostOf(after.dst), ...(before && !before.encapsulation && { is: 'new' as const }) },
      { word: 'inside: to', value: encapsulation.inner.dst },
    ];
  }
  const isSame = !before || before.encapsulation !== undefined;
  const [isSourceNew, isDestinationNew] = isSame ? [false, false] : [before.src !== after.src, before.dst !== after.dst];
  const line = (word: string, value: string, is?: TagLine['is']): TagLine => ({ word, value, ...(is && { is }) });
  if (before && isDestinationNew && !isSourceNew) return [line('to', before.dst, 'old'), line('to', after.dst, 'new')];
  if (before && isSourceNew && !isDestinationNew) return [line('from', before.src, 'old'), line('from', after.src, 'new')];
  const isNew = isSourceNew ? ('new' as const) : undefined;
  return [line('from', after.src, isNew), line('to', after.dst, isNew)];
}

const hostOf = (end: string): string => end.split(':', 1)[0] ?? end;
