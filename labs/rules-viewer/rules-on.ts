import { changeBetween, type Change } from './changes.ts';
import { nodeNamed } from './traffic.ts';
import { seenOn, type Situation } from './situation.ts';
import { count, grouped } from './words.ts';
import { writtenOn, type Place } from './written.ts';
import type { Written } from './blocks.ts';

/** What the rules of a node depend on, besides the objects. */
export function placeOf(situation: Situation, name = situation.node): Place {
  return { node: nodeNamed(situation, name), clusterCidr: situation.input.settings.clusterCidr };
}

/** The rules on a node. */
export function rulesOn(situation: Situation, name = situation.node): Written {
  return writtenOn(seenOn(situation, name), placeOf(situation, name));
}

/** What the last change did to the shown rules; undefined: nothing has changed since, or the mode did, and with it everything. */
export function changeOf(situation: Situation): Change | undefined {
  const { before } = situation;
  if (before?.mode !== seenOn(situation, situation.node).mode) return undefined;
  return changeBetween(writtenOn(before, placeOf(situation)), rulesOn(situation));
}

/** What the last change did to the rules of the shown node, in a few words; empty: nothing is known of it. */
export function changeWords(situation: Situation): string {
  const change = changeOf(situation);
  if (change === undefined) return '';
  const { touched, added, removed, untouched } = change;
  if (touched === 0) return `nothing changes in the kernel; ${count(untouched, 'line')} stay`;
  const { mode } = seenOn(situation, situation.node);
  const blocks = mode === 'iptables' ? count(touched, 'chain') : `${grouped(touched)} chains, maps or sets`;
  return `${blocks} touched, ${grouped(added)} added and ${grouped(removed)} removed; ${grouped(untouched)} untouched`;
}
