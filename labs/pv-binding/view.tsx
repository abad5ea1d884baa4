import { listKind, type PersistentVolumeClaim } from '../engine/api/cluster-kinds.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import type { VolumeRule } from '../engine/volumes/match-volume.ts';
import { classNameOf } from '../engine/volumes/storage-class.ts';
import { capacityOf, requestOf } from '../engine/volumes/volume-size.ts';
import { isPodReady, podPhase } from '../kit/cluster-lab/pod-phase.ts';
import type { ViewProps } from '../lab.ts';
import { approximateNumber } from '../reading/quantity.ts';
import { claimsOf, matchingOf, podsOf, shownClaim, volumesOf, type Match, type Matching } from './matching.ts';
import type { Action, State } from './state.ts';
import { classInWords, modesInWords, phaseOf, shortName } from './words.ts';
import { Why, Glyph } from '../kit/cluster-lab/why.tsx';

type Props = ViewProps<State, Action>;

/** More rows than these are only in the table. */
const rowsMax = 12;

/** One claim of the list: what it asks for, and what it has. */
function Claim({
  claim,
  isShown,
  selected,
  select,
}: Pick<Props, 'selected' | 'select'> & { readonly claim: PersistentVolumeClaim; readonly isShown: boolean }) {
  const { spec, status } = claim;
  const phase = phaseOf(claim);
  const hasVolume = (spec.volumeName ?? '') !== '';
  return (
    <li class={isShown ? 'claim on' : 'claim'}>
      <Glyph kind="volume" isHole={!hasVolume} />
      <Why subject={subjectOf(claim)} selected={selected} select={select}>
        {shortName(claim)}
      </Why>
      <span class={`phase ${phase.toLowerCase()}`}>{phase}</span>
      <span class="s dim">
        {spec.resources.requests.storage} {modesInWords(spec.accessModes)}, {classInWords(claim)}
      </span>
      <span class="s">
        → {hasVolume ? `${spec.volumeName ?? ''}${status?.capacity?.storage === undefined ? '' : `, has ${status.capacity.storage}`}` : 'nothing yet'}
      </span>
    </li>
  );
}

/** A question of the binder, as a column. The first rule that was asked is shown; the column says what the claim wants. */
interface Column {
  readonly label: string;
  readonly rules: readonly VolumeRule[];
  readonly value: (match: Match) => string;
}

function columnsFor({ claim, matches }: Matching): readonly Column[] {
  const { spec } = claim;
  const isBlock = spec.volumeMode === 'Block' || matches.some(({ volume }) => volume.spec.volumeMode === 'Block');
  const className = classNameOf(claim);
  return [
    { label: 'Free?', rules: ['reserved-for-another-claim', 'being-deleted', 'phase', 'waits-for-pod'], value: freedom },
    {
      label: `Class ${className === '' ? '""' : className}?`,
      rules: ['class'],
      value: ({ volume }) => (classNameOf(volume) === '' ? '""' : classNameOf(volume)),
    },
    { label: `${modesInWords(spec.accessModes)}?`, rules: ['access-modes'], value: ({ volume }) => modesInWords(volume.spec.accessModes) },
    { label: `${spec.resources.requests.storage}?`, rules: ['size'], value: ({ volume }) => volume.spec.capacity.storage },
    ...(spec.selector === undefined ? [] : [{ label: 'Labels?', rules: ['selector'] as const, value: labelsInWords }]),
    ...(isBlock ? [{ label: `${spec.volumeMode}?`, rules: ['volume-mode'] as const, value: ({ volume }: Match) => volume.spec.volumeMode }] : []),
  ];
}

function freedom({ volume, isOwn, checks }: Match): string {
  if (isOwn) return 'its own';
  const phase = phaseOf(volume);
  if (checks.get('waits-for-pod')?.met === false) return 'waits';
  if (phase === 'Released') return 'kept';
  if (volume.spec.claimRef === undefined) return phase === 'Available' ? 'free' : phase.toLowerCase();
  return phase === 'Bound' ? 'taken' : 'reserved';
}

const labelsInWords = ({ volume: { metadata } }: Match): string =>
  Object.entries(metadata.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(' ') || 'none';

function Answer({ match, column, isOpen }: { readonly match: Match; readonly column: Column; readonly isOpen: boolean }) {
  const answers = column.rules.flatMap((rule) => match.checks.get(rule) ?? []);
  const wrong = answers.find(({ met }) => !met);
  const value = column.value(match);
  if (isOpen) {
    return (
      <td class="skipped" data-label={column.label}>
        {value}
      </td>
    );
  }
  if (answers.length === 0) {
    return (
      <td class="skipped" data-label={column.label}>
        – {value}
        <span class="sr">, not asked: it is reserved for this claim</span>
      </td>
    );
  }
  return (
    <td class={wrong === undefined ? 'yes' : 'no'} data-label={column.label}>
      <b aria-hidden="true">{wrong === undefined ? '✓' : '✗'}</b> {value}
      <span class="sr">{wrong === undefined ? ', yes' : ', no'}</span>
    </td>
  );
}

/** A drum as long as the volume is large; the dashed line is what the claim asks for. Sizes beyond the scale are cut, and drawn so. */
function Drum({ match, wanted, scale }: { readonly match: Match; readonly wanted: number; readonly scale: number }) {
  const size = approximateNumber(capacityOf(match.volume));
  const isCut = size > scale;
  const width = Math.max(10, Math.min(1, size / scale) * 180);
  const at = Math.min(1, wanted / scale) * 180 + 4;
  const phase = phaseOf(match.volume);
  const kind = phase === 'Available' ? 'free' : phase === 'Released' || phase === 'Failed' ? 'kept' : 'bound';
  return (
    <svg class={`drum ${kind}`} viewBox="0 0 200 30" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M8 5H${4 + width}V25H8c-2 0-4-4-4-10s2-10 4-10z`} />
      <ellipse cx={4 + width} cy="15" rx="4" ry="10" />
      {isCut && <path class="cut" d={`M${width - 34} 7l6 8-6 8M${width - 26} 7l6 8-6 8`} />}
      <line x1={at} y1="0" x2={at} y2="30" />
    </svg>
  );
}

function Matches({ matching, selected, select }: Pick<Props, 'selected' | 'select'> & { readonly matching: Matching }) {
  const { claim, matches, isOpen } = matching;
  const columns = columnsFor(matching);
  const wanted = approximateNumber(requestOf(claim));
  // One huge volume must not make all others look empty.
  const scale = Math.max(wanted * 2, ...matches.map(({ volume }) => Math.min(wanted * 4, approximateNumber(capacityOf(volume)))));
  const pair = `match/${claim.metadata.namespace ?? ''}/${claim.metadata.name}`;
  return (
    <table class="match">
      <caption>
        Claim <b>{shortName(claim)}</b> against every volume. The dashed line is what it asks for: {claim.spec.resources.requests.storage}.
      </caption>
      <thead>
        <tr>
          <th scope="col">Volume</th>
          <th scope="col">Size</th>
          {columns.map(({ label }) => (
            <th scope="col">{label}</th>
          ))}
          <th scope="col">So</th>
        </tr>
      </thead>
      <tbody>
        {matches.slice(0, rowsMax).map((match) => (
          <tr key={match.volume.metadata.uid} class={match.isOwn ? 'own' : undefined}>
            <th scope="row">
              <Glyph kind="volume" isHole={phaseOf(match.volume) === 'Released' || phaseOf(match.volume) === 'Failed'} />
              <Why subject={subjectOf(match.volume)} selected={selected} select={select}>
                {match.volume.metadata.name}
              </Why>
              <span class="s dim">{phaseOf(match.volume)}</span>
            </th>
            <td class="size">
              <Drum match={match} wanted={wanted} scale={scale} />
            </td>
            {columns.map((column) => (
              <Answer match={match} column={column} isOpen={isOpen} />
            ))}
            <td class="so">
              <Why subject={`${pair}/${match.volume.metadata.name}`} selected={selected} select={select}>
                {match.so}
              </Why>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nodes with the pods on them, and the pods that are on none. */
function Places({ state, selected, select }: Props) {
  const pods = podsOf(state);
  const nodes = listKind(state.cluster.store, 'Node').slice(0, rowsMax);
  if (pods.length === 0 && nodes.length === 0) return null;
  const on = (name: string) => pods.filter(({ spec }) => (spec.nodeName ?? '') === name).slice(0, rowsMax);
  const waiting = on('');
  const chip = (pod: (typeof pods)[number]) => (
    <li key={pod.metadata.uid} class={`pod ${isPodReady(pod) ? 'up' : ''}`}>
      <Glyph kind="pod" isHole={!isPodReady(pod)} />
      <Why subject={subjectOf(pod)} selected={selected} select={select}>
        {shortName(pod)}
      </Why>
      <span class="s dim">{podPhase(pod).word}</span>
    </li>
  );
  return (
    <section class="places" aria-label="Nodes and pods">
      {waiting.length > 0 && (
        <div class="place none">
          <h4>On no node</h4>
          <ul>{waiting.map(chip)}</ul>
        </div>
      )}
      {nodes.map((node) => (
        <div class="place" key={node.metadata.uid}>
          <h4>
            <Glyph kind="node" isHole={false} />
            <Why subject={subjectOf(node)} selected={selected} select={select}>
              {node.metadata.name}
            </Why>
            <span class="s dim">{node.metadata.labels?.['topology.kubernetes.io/zone'] ?? ''}</span>
          </h4>
          <ul>
            {on(node.metadata.name).map(chip)}
            {on(node.metadata.name).length === 0 && <li class="s dim">no pod</li>}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Claims on the left; the one that is asked about against every volume on the right; below them nodes and pods. */
export default function View({ state, selected, select, act }: Props) {
  const claims = claimsOf(state);
  const shown = shownClaim(state, selected);
  const volumes = volumesOf(state).length;
  return (
    <div class="pvs">
      <div class="scene-of">
        <section class="claims" aria-label="Claims">
          {claims.length === 0 ? <p class="dim">No claim asks for a volume yet.</p> : null}
          <ul>
            {claims.slice(0, rowsMax).map((claim) => (
              <Claim key={claim.metadata.uid} claim={claim} isShown={claim === shown} selected={selected} select={select} />
            ))}
          </ul>
        </section>
        <section class="against" aria-label="Volumes">
          {shown === undefined ? null : volumes === 0 ? (
            <p class="dim">There is no volume to look at.</p>
          ) : (
            <Matches matching={matchingOf(state, shown)} selected={selected} select={select} />
          )}
        </section>
        <Places state={state} selected={selected} select={select} act={act} />
      </div>
    </div>
  );
}
