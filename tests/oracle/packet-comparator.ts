import { followPacket } from '../../labs/engine/network/packet/follow-packet.ts';
import type { Comparator, ComparedCase } from './comparator.ts';
import { caseOf, type RecordedFlow } from './packet-case.ts';
import { topologyOf, type RecordedNetwork } from './packet-topology.ts';
import { comparableFlow } from './packet-canonical.ts';

type Recording = RecordedNetwork & { readonly flows: readonly RecordedFlow[] };

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isRecording = (content: unknown): content is Recording =>
  isObjectLike(content) &&
  Array.isArray(content.flows) &&
  isObjectLike(content.topology) &&
  isObjectLike(content.iptablesSave) &&
  isObjectLike(content.nftRuleset) &&
  isObjectLike(content.vxlan);

/** `packet-paths.json`: every frame, every visit of rules and every conversation of a request through two nodes. */
export const packetComparator: Comparator = {
  shape: 'packet-paths',
  recognises: isRecording,
  softDistanceMax: 300,
  compare: (content) => (isRecording(content) ? content.flows.filter(({ recorded }) => recorded !== false).map((flow) => comparedFlow(content, flow)) : []),
};

function comparedFlow(recording: Recording, flow: RecordedFlow): ComparedCase {
  const id = `${flow.mode}/${flow.id}`;
  const rest = { id, subject: flow.mode };
  const expected = { ...flow, ...comparableFlow(flow, flow.randomPorts) };
  try {
    const { changes, request, options } = caseOf(recording, flow);
    const followed = followPacket(topologyOf(recording, changes), request, options);
    return { ...rest, expected, got: comparableFlow({ mode: flow.mode, ...followed }, followed.randomPorts) };
  } catch (error) {
    return { ...rest, expected, got: { unplayable: error instanceof Error ? error.message : String(error) } };
  }
}
