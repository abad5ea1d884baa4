import { modesInWords, phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import { listKind } from '../engine/api/kinds.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import { classNameOf } from '../engine/volumes/storage-class.ts';
import { podPhase } from '../kit/cluster-lab/pod-phase.ts';
import type { Description, Table } from '../lab.ts';
import { claimsOf, matchingOf, podsOf, volumesOf } from './matching.ts';
import { reachInWords, wishInWords } from './words.ts';
import type { State } from './state.ts';

const rowsMax = 100;
/** Claims whose volume is a fact of its own. */
const factsMax = 6;

/** The state in words: phases first, then every claim and every volume, then why the pending ones got none. */
export function describe(state: State): Description {
  const claims = claimsOf(state);
  const volumes = volumesOf(state);
  const pods = podsOf(state);
  const bound = claims.filter((claim) => phaseOf(claim) === 'Bound');
  const free = volumes.filter((volume) => phaseOf(volume) === 'Available');
  const running = pods.filter((pod) => podPhase(pod).word === 'Running');
  const waiting = claims.find((claim) => phaseOf(claim) === 'Pending');
  return {
    headline: headlineOf(state),
    facts: [
      { label: 'Claims bound', value: `${bound.length} of ${claims.length}` },
      { label: 'Volumes free', value: `${free.length} of ${volumes.length}` },
      ...(pods.length === 0 ? [] : [{ label: 'Pods running', value: `${running.length} of ${pods.length}` }]),
      ...claims.slice(0, factsMax).map((claim) => ({ label: `Volume of ${shortName(claim)}`, value: claim.spec.volumeName ?? 'none' })),
      ...(waiting === undefined ? [] : [{ label: `Why ${shortName(waiting)} is Pending`, value: matchingOf(state, waiting).because }]),
    ],
    tables: [claimTable(state), volumeTable(state), ...(pods.length === 0 ? [] : [podTable(state)]), ...matchTables(state), ...classTable(state)],
  };
}

function headlineOf(state: State): string {
  const claims = claimsOf(state);
  if (claims.length === 0) return 'No claim asks for a volume';
  const words = claims
    .slice(0, 4)
    .map((claim) => `${shortName(claim)} is ${phaseOf(claim)}${phaseOf(claim) === 'Bound' ? ` to ${claim.spec.volumeName ?? ''}` : ''}`);
  return `${claims.length === 1 ? 'Claim' : 'Claims'} ${words.join(', ')}${claims.length > 4 ? ` and ${claims.length - 4} more` : ''}`;
}

function claimTable(state: State): Table {
  return {
    id: 'claims',
    caption: captionOf('Claims', claimsOf(state).length),
    columns: [{ label: 'Claim', code: true }, { label: 'Status' }, { label: 'Asks for' }, { label: 'Volume', code: true }, { label: 'Has', numeric: true }],
    rows: claimsOf(state)
      .slice(0, rowsMax)
      .map((claim) => {
        const { spec, status } = claim;
        return {
          cells: [shortName(claim), phaseOf(claim), wishInWords(claim), spec.volumeName ?? '', status?.capacity?.storage ?? ''],
          subject: subjectOf(claim),
          tone: toneOf(phaseOf(claim)),
        };
      }),
    empty: 'There is no claim.',
  };
}

function volumeTable(state: State): Table {
  const isTied = volumesOf(state).some((volume) => reachInWords(volume) !== undefined);
  return {
    id: 'volumes',
    caption: captionOf('Volumes', volumesOf(state).length),
    columns: [
      { label: 'Volume', code: true },
      { label: 'Size', numeric: true },
      { label: 'Modes' },
      { label: 'Policy' },
      { label: 'Status' },
      { label: 'Claim', code: true },
      { label: 'Class' },
      ...(isTied ? [{ label: 'Reached by' }] : []),
    ],
    rows: volumesOf(state)
      .slice(0, rowsMax)
      .map((volume) => {
        const { spec, metadata } = volume;
        const claim = spec.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name}`;
        const cells = [
          metadata.name,
          spec.capacity.storage,
          modesInWords(spec.accessModes),
          spec.persistentVolumeReclaimPolicy,
          phaseOf(volume),
          claim,
          classNameOf(volume) || '""',
          ...(isTied ? [reachInWords(volume) ?? 'all nodes'] : []),
        ];
        return { cells, subject: subjectOf(volume), tone: toneOf(phaseOf(volume)) };
      }),
    empty: 'There is no volume.',
  };
}

function podTable(state: State): Table {
  return {
    id: 'pods',
    caption: captionOf('Pods', podsOf(state).length),
    columns: [{ label: 'Pod', code: true }, { label: 'Status' }, { label: 'Node', code: true }, { label: 'Because' }],
    rows: podsOf(state)
      .slice(0, rowsMax)
      .map((pod) => {
        const { word, because } = podPhase(pod);
        return {
          cells: [shortName(pod), word, pod.spec.nodeName ?? '', because],
          subject: subjectOf(pod),
          tone: word === 'Running' ? ('good' as const) : ('plain' as const),
        };
      }),
  };
}

/** `Volumes`, or `Volumes: the first 100 of 240`. */
const captionOf = (name: string, count: number): string => (count > rowsMax ? `${name}: the first ${rowsMax} of ${count}` : name);

/** For each claim without a volume: every volume and what is against it. */
function matchTables(state: State): readonly Table[] {
  return claimsOf(state)
    .filter((claim) => phaseOf(claim) !== 'Bound')
    .slice(0, 5)
    .map((claim) => ({
      id: `match-${claim.metadata.uid}`,
      caption: `Why not? Claim ${shortName(claim)} against every volume`,
      columns: [{ label: 'Volume', code: true }, { label: 'So' }],
      rows: matchingOf(state, claim)
        .matches.slice(0, rowsMax)
        .map(({ volume, so, fits }) => ({
          cells: [volume.metadata.name, so],
          subject: `match/${claim.metadata.namespace ?? ''}/${claim.metadata.name}/${volume.metadata.name}`,
          tone: fits ? ('good' as const) : ('bad' as const),
        })),
      empty: 'There is no volume to look at.',
    }));
}

function classTable(state: State): readonly Table[] {
  const classes = listKind(state.cluster.store, 'StorageClass');
  if (classes.length === 0) return [];
  const rows = classes.slice(0, rowsMax).map((each) => {
    const isDefault = each.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    return { cells: [each.metadata.name, each.provisioner, each.volumeBindingMode, each.reclaimPolicy, isDefault ? 'yes' : 'no'], subject: subjectOf(each) };
  });
  return [
    {
      id: 'classes',
      caption: 'Classes',
      columns: [{ label: 'Class', code: true }, { label: 'Provisioner', code: true }, { label: 'Binding' }, { label: 'Policy' }, { label: 'Default' }],
      rows,
    },
  ];
}

const toneOf = (phase: string): 'good' | 'bad' | 'plain' => (phase === 'Bound' ? 'good' : phase === 'Lost' || phase === 'Failed' ? 'bad' : 'plain');
