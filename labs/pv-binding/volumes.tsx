import { phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import type { PersistentVolume } from '../engine/api/cluster-kinds.ts';
import { capacityOf } from '../engine/volumes/volume-size.ts';
import { approximateNumber } from '../reading/quantity.ts';
import { Glyph } from '../kit/glyph.tsx';
import { Why, type Asking } from '../kit/why.tsx';
import { reachInWords } from './words.ts';

/** More rows than these are only in the table. */
export const rowsMax = 12;

/** A drum as long as the volume is large; the dashed line is what the claim asks for. Sizes beyond the scale are cut, and drawn so. */
export function Drum({ volume, wanted, scale }: { readonly volume: PersistentVolume; readonly wanted?: number; readonly scale: number }) {
  const size = approximateNumber(capacityOf(volume));
  const isCut = size > scale;
  const width = Math.max(10, Math.min(1, size / scale) * 180);
  const at = wanted === undefined ? undefined : Math.min(1, wanted / scale) * 180 + 4;
  const phase = phaseOf(volume);
  const kind = phase === 'Available' ? 'free' : phase === 'Released' || phase === 'Failed' ? 'kept' : 'bound';
  return (
    <svg class={`drum ${kind}`} viewBox="0 0 200 30" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M8 5H${4 + width}V25H8c-2 0-4-4-4-10s2-10 4-10z`} />
      <ellipse cx={4 + width} cy="15" rx="4" ry="10" />
      {isCut && <path class="cut" d={`M${width - 34} 7l6 8-6 8M${width - 26} 7l6 8-6 8`} />}
      {at !== undefined && <line x1={at} y1="0" x2={at} y2="30" />}
    </svg>
  );
}

/** The head of a volume's row: its name, how it is, and who reaches it if not all do. */
export function VolumeHead({ volume, selected, select }: Asking & { readonly volume: PersistentVolume }) {
  const phase = phaseOf(volume);
  const reach = reachInWords(volume);
  return (
    <th scope="row">
      <span class="name">
        <Glyph kind="volume" isHole={phase === 'Released' || phase === 'Failed'} />
        <Why subject={subjectOf(volume)} selected={selected} select={select}>
          {volume.metadata.name}
        </Why>
      </span>
      <span class="s dim">{phase}</span>
      {reach !== undefined && <span class="s dim">{reach}</span>}
    </th>
  );
}

/** The volumes while no claim asks for one: what became of them is what there is to see. */
export function Volumes({ volumes, selected, select }: Asking & { readonly volumes: readonly PersistentVolume[] }) {
  const scale = Math.max(...volumes.map((volume) => approximateNumber(capacityOf(volume))));
  return (
    <table class="match">
      <caption>Volumes. {volumes.length > rowsMax ? `${rowsMax} of ${volumes.length}; the table shows more.` : ''}</caption>
      <thead>
        <tr>
          <th scope="col">Volume</th>
          <th scope="col">Size</th>
          <th scope="col">Has</th>
          <th scope="col">Policy</th>
          <th scope="col">claimRef</th>
        </tr>
      </thead>
      <tbody>
        {volumes.slice(0, rowsMax).map((volume) => (
          <tr key={volume.metadata.uid}>
            <VolumeHead volume={volume} selected={selected} select={select} />
            <td class="size">
              <Drum volume={volume} scale={scale} />
            </td>
            <td data-label="Has">{volume.spec.capacity.storage}</td>
            <td data-label="Policy">{volume.spec.persistentVolumeReclaimPolicy}</td>
            <td data-label="claimRef">{volume.spec.claimRef === undefined ? 'none' : `still names ${shortName({ metadata: volume.spec.claimRef })}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
