import { modesInWords, phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import type { PersistentVolumeClaim } from '../engine/api/cluster-kinds.ts';
import { listKind } from '../engine/api/kinds.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import type { VolumeRule } from '../engine/volumes/match-volume.ts';
import { classNameOf } from '../engine/volumes/storage-class.ts';
import { capacityOf, requestOf } from '../engine/volumes/volume-size.ts';
import { isPodReady, podPhase } from '../kit/cluster-lab/pod-phase.ts';
import type { ViewProps } from '../lab.ts';
import { approximateNumber } from '../reading/quantity.ts';
import { claimsOf, freedomRules, matchingOf, podsOf, shownClaim, volumesOf, type Match, type Matching } from './matching.ts';
import type { Action, State } from './state.ts';
import { Drum, rowsMax, VolumeHead, Volumes } from './volumes.tsx';
import { troubleOf, wishInWords } from './words.ts';
import { Glyph } from '../kit/glyph.tsx';
import { Why } from '../kit/why.tsx';

type Props = ViewProps<State, Action>;

/** One claim of the list: what it asks for, and what it has. */
function Claim({
  claim,
  isShown,
  selected,
  select,
}: Pick<Props, 'selected' | 'select'> & { readonly claim: PersistentVolumeClaim; readonly isShown: boolean }) {
  const { spec } = claim;
  const phase = phaseOf(claim);
  const hasVolume = (spec.volumeName ?? '') !== '';
  return (
    <li class={isShown ? 'claim on' : 'claim'}>
      <Glyph kind="volume" isHole={!hasVolume || phase === 'Pending'} />
      <Why subject={subjectOf(claim)} selected={selected} select={select}>
        {shortName(claim)}
      </Why>
      <span class={`phase ${phase.toLowerCase()}`}>{phase}</span>
      <span class="s dim">{wishInWords(claim)}</span>
      <span class="s">→ {fateInWords(claim)}</span>
    </li>
  );
}

/** What a claim has come to: `pv-a, has 10Gi`. */
function fateInWords({ spec: { volumeName = '' }, status }: PersistentVolumeClaim): string {
  if (volumeName === '') return 'nothing yet';
  if (status?.phase === 'Pending') return `names ${volumeName}`;
  return status?.capacity?.storage === undefined ? volumeName : `${volumeName}, has ${status.capacity.storage}`;
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
    { label: 'Free?', rules: freedomRules, value: freedom },
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

/** The rows that there is room for: all, or first the claim's own volume and those that fit. */
function firstOf(matches: readonly Match[]): readonly Match[] {
  if (matches.length <= rowsMax) return matches;
  const rank = ({ isOwn, fits }: Match): number => (isOwn ? 0 : fits ? 1 : 2);
  return matches.toSorted((one, other) => rank(one) - rank(other)).slice(0, rowsMax);
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
        Claim <b>{shortName(claim)}</b> against {matches.length > rowsMax ? `${rowsMax} of ${matches.length} volumes; the table shows more` : 'every volume'}.
        The dashed line is what it asks for: {claim.spec.resources.requests.storage}.
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
        {firstOf(matches).map((match) => (
          <tr key={match.volume.metadata.uid} class={match.isOwn ? 'own' : undefined}>
            <VolumeHead volume={match.volume} selected={selected} select={select} />
            <td class="size">
              <Drum volume={match.volume} wanted={wanted} scale={scale} />
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
    <div class="places" role="group" aria-label="Nodes and pods">
      {waiting.length > 0 && (
        <div class="place none">
          <p class="where">On no node</p>
          <ul>{waiting.map(chip)}</ul>
        </div>
      )}
      {nodes.map((node) => (
        <div class="place" key={node.metadata.uid}>
          <p class="where">
            <Glyph kind="node" isHole={false} />
            <Why subject={subjectOf(node)} selected={selected} select={select}>
              {node.metadata.name}
            </Why>
            <span class="s dim">{node.metadata.labels?.['topology.kubernetes.io/zone'] ?? ''}</span>
          </p>
          {troubleOf(state, node) !== undefined && <p class="s trouble">{troubleOf(state, node)}</p>}
          <ul>
            {on(node.metadata.name).map(chip)}
            {on(node.metadata.name).length === 0 && <li class="s dim">no pod</li>}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** The claims that there is room for; the shown one is among them. */
function claimsInView(claims: readonly PersistentVolumeClaim[], shown: PersistentVolumeClaim | undefined): readonly PersistentVolumeClaim[] {
  const first = claims.slice(0, rowsMax);
  return shown === undefined || first.includes(shown) ? first : [...first.slice(0, -1), shown];
}

/** Claims on the left; the one that is asked about against every volume on the right; below them nodes and pods. */
export default function View({ state, selected, select, act }: Props) {
  const claims = claimsOf(state);
  const shown = shownClaim(state, selected);
  const volumes = volumesOf(state);
  return (
    <div class="pvs">
      <div class="scene-of">
        <div class="claims" role="group" aria-label="Claims">
          {claims.length === 0 ? <p class="dim">No claim asks for a volume.</p> : null}
          <ul>
            {claimsInView(claims, shown).map((claim) => (
              <Claim key={claim.metadata.uid} claim={claim} isShown={claim === shown} selected={selected} select={select} />
            ))}
          </ul>
          {claims.length > rowsMax && <p class="s dim">{claims.length - rowsMax} more claims are in the table.</p>}
        </div>
        <div class="against" role="group" aria-label="Volumes">
          {volumes.length === 0 ? (
            <p class="dim">There is no volume.</p>
          ) : shown === undefined ? (
            <Volumes volumes={volumes} selected={selected} select={select} />
          ) : (
            <Matches matching={matchingOf(state, shown)} selected={selected} select={select} />
          )}
        </div>
        <Places state={state} selected={selected} select={select} act={act} />
      </div>
    </div>
  );
}
