import type { PodObject } from '../engine/api/cluster-kinds.ts';
import { subjectOf } from '../engine/loop/cluster.ts';
import { capital, phaseOf, shortName } from '../kit/cluster-lab/object-words.ts';
import { podPhase } from '../kit/cluster-lab/pod-phase.ts';
import type { Description, Table } from '../lab.ts';
import { isOutOfService, strategyOf } from './acts.ts';
import { accessInWords } from './explain.ts';
import { allLinks, backendInWords, claimsOf, deploymentsOf, isUp, modesInWords, nodesOf, podsOf, sceneOf, volumeInWords, volumesOf } from './scene.ts';
import type { State } from './state.ts';

const rowsMax = 100;

/** The state in words: who runs, which line is refused, then every volume, line, pod and node. */
export function describe(state: State): Description {
  const pods = podsOf(state);
  const running = pods.filter((pod) => isRunning(state, pod));
  const links = allLinks(state);
  const refused = links.filter((link) => link.state === 'refused');
  return {
    headline: headlineOf(state),
    facts: [
      { label: 'Pods running', value: `${running.length} of ${pods.length}` },
      ...sceneOf(state)
        .volumes.slice(0, 4)
        .map((volume) => ({
          label: capital(volumeInWords(volume)),
          value: `${modesInWords(volume.spec.accessModes)}; ${backendInWords(volume)}`,
        })),
      ...(refused.length === 0
        ? []
        : [
            {
              label: 'Refused',
              value: refused.map(({ volume, node, word }) => `${volumeInWords(volume)} to ${node === '' ? 'a pod' : node}: ${word}`).join('; '),
            },
          ]),
    ],
    tables: [linkTable(state), podTable(state), claimTable(state), volumeTable(state), nodeTable(state), ...deploymentTables(state)],
  };
}

const isRunning = (state: State, pod: PodObject): boolean => podPhase(pod).word === 'Running' && isUp(state, pod.spec.nodeName ?? '');

function headlineOf(state: State): string {
  const pods = podsOf(state);
  if (pods.length === 0) return claimsOf(state).length === 0 ? 'No pod, no claim' : 'No pod uses the storage yet';
  const words = pods.slice(0, 4).map((pod) => {
    const node = pod.spec.nodeName ?? '';
    const where = node === '' ? '' : isUp(state, node) ? ` on ${node}` : ` on ${node}, which has no power`;
    const line = allLinks(state).find((link) => link.state === 'refused' && link.mounts.some((mount) => mount.pod === pod && mount.state === 'refused'));
    return `${shortName(pod)} is ${podPhase(pod).word}${where}${line === undefined ? '' : ` (${line.word})`}`;
  });
  return `${words.join(', ')}${pods.length > 4 ? ` and ${pods.length - 4} more` : ''}`;
}

function linkTable(state: State): Table {
  return {
    id: 'lines',
    caption: 'Lines: which volume is where, and who gets at it',
    columns: [{ label: 'Volume', code: true }, { label: 'Node', code: true }, { label: 'Standing' }, { label: 'Pods' }],
    rows: allLinks(state)
      .slice(0, rowsMax)
      .map(({ volume, node, word, state: standing, mounts }) => ({
        cells: [volume.metadata.name, node, word, mounts.map((mount) => `${shortName(mount.pod)} ${accessInWords(mount)}`).join('; ')],
        subject: `link/${volume.metadata.name}/${node}`,
        tone: standing === 'refused' ? ('bad' as const) : standing === 'attached' || standing === 'open' ? ('good' as const) : ('plain' as const),
      })),
    empty: 'No volume is attached, and no pod needs one.',
  };
}

function podTable(state: State): Table {
  return {
    id: 'pods',
    caption: 'Pods',
    columns: [{ label: 'Pod', code: true }, { label: 'Status' }, { label: 'Node', code: true }, { label: 'Image', code: true }, { label: 'Because' }],
    rows: podsOf(state)
      .slice(0, rowsMax)
      .map((pod) => {
        const { word, because } = podPhase(pod);
        const cells = [shortName(pod), word, pod.spec.nodeName ?? '', pod.spec.containers.map(({ image = '' }) => image).join(', '), because];
        return { cells, subject: subjectOf(pod), tone: isRunning(state, pod) ? ('good' as const) : ('plain' as const) };
      }),
    empty: 'There is no pod.',
  };
}

function claimTable(state: State): Table {
  return {
    id: 'claims',
    caption: 'Claims',
    columns: [{ label: 'Claim', code: true }, { label: 'Status' }, { label: 'Asks for' }, { label: 'Volume', code: true }],
    rows: claimsOf(state)
      .slice(0, rowsMax)
      .map((claim) => ({
        cells: [shortName(claim), phaseOf(claim), modesInWords(claim.spec.accessModes), claim.spec.volumeName ?? ''],
        subject: subjectOf(claim),
      })),
    empty: 'There is no claim.',
  };
}

function volumeTable(state: State): Table {
  return {
    id: 'volumes',
    caption: 'Volumes',
    columns: [{ label: 'Volume', code: true }, { label: 'Says' }, { label: 'Behind it' }, { label: 'Status' }],
    rows: volumesOf(state)
      .slice(0, rowsMax)
      .map((volume) => ({
        cells: [volume.metadata.name, modesInWords(volume.spec.accessModes), backendInWords(volume), phaseOf(volume)],
        subject: subjectOf(volume),
      })),
    empty: 'There is no volume.',
  };
}

/** The conditions of a node that matter here: `Ready, cordoned`. */
export function nodeInWords(state: State, node: ReturnType<typeof nodesOf>[number]): string {
  const isReady = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  const power = isUp(state, node.metadata.name) ? [] : ['no power'];
  const words = [
    ...power,
    isReady ? 'Ready' : 'NotReady',
    ...(isOutOfService(node) ? ['out of service'] : []),
    ...(node.spec?.unschedulable === true ? ['cordoned'] : []),
  ];
  return words.join(', ');
}

function nodeTable(state: State): Table {
  return {
    id: 'nodes',
    caption: 'Nodes',
    columns: [{ label: 'Node', code: true }, { label: 'State' }, { label: 'Taints' }],
    rows: nodesOf(state)
      .slice(0, rowsMax)
      .map((node) => ({
        cells: [node.metadata.name, nodeInWords(state, node), (node.spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`).join(', ')],
        subject: subjectOf(node),
        tone: isUp(state, node.metadata.name) ? ('plain' as const) : ('bad' as const),
      })),
    empty: 'There is no node.',
  };
}

function deploymentTables(state: State): readonly Table[] {
  const deployments = deploymentsOf(state);
  if (deployments.length === 0) return [];
  const rows = deployments.slice(0, rowsMax).map((each) => {
    const { replicas = 1, template } = each.spec;
    const { updatedReplicas = 0, availableReplicas = 0 } = each.status ?? {};
    const image = template.spec.containers[0]?.image ?? '';
    return {
      cells: [shortName(each), strategyOf(each), image, String(replicas), String(updatedReplicas), String(availableReplicas)],
      subject: subjectOf(each),
    };
  });
  const columns = [
    { label: 'Deployment', code: true },
    { label: 'Strategy' },
    { label: 'Image', code: true },
    { label: 'Wanted', numeric: true },
    { label: 'Updated', numeric: true },
    { label: 'Available', numeric: true },
  ];
  return [{ id: 'deployments', caption: 'Deployments', columns, rows }];
}
