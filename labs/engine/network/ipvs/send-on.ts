import type { LostReason } from '../packet/hops.ts';
import { outputPacket } from '../packet/ip-output.ts';
import type { Packet } from '../packet/packet.ts';
import { routeTo } from '../packet/routing.ts';
import type { Buffer, IcmpError, Place, Run } from '../packet/run.ts';
import { visit } from '../packet/visit-hook.ts';
import { tellLost, tellRoute } from '../packet/tells.ts';
import { deviceOf } from '../packet/topology.ts';

/**
 * Sends a packet that got another destination out of the machine: a route of its own, OUTPUT, POSTROUTING; it never comes to FORWARD. Errors are about
 * the packet as it came (`before`). Models ip_vs_nat_xmit, __ip_vs_get_out_rt and ip_vs_nat_send_or_cont of net/netfilter/ipvs/ip_vs_xmit.c.
 */
export function sendOn(run: Run, place: Place, buffer: Buffer, before: Packet): void {
  const { packet } = buffer;
  const asItCame: Buffer = { ...buffer, packet: before };
  const route = routeTo(place.namespace, packet.destination);
  tellRoute(run, place, buffer, { for: 'output', route });
  const refuse = (reason: LostReason, error: IcmpError) => {
    tellLost(run, place, asItCame, { reason, ...(route.kind === 'unicast' && { device: route.device }) });
    run.sendError(place, asItCame, error);
  };
  if (route.kind !== 'unicast') {
    refuse('no route', { type: 'host-unreachable' });
    return;
  }
  if (packet.ttl <= 1) {
    refuse('ttl exceeded', { type: 'ttl-exceeded' });
    return;
  }
  const mtuBytes = deviceOf(place.namespace, route.device)?.mtuBytes ?? Number.POSITIVE_INFINITY;
  if (packet.doNotFragment && packet.lengthBytes > mtuBytes && packet.protocol !== 'icmp') {
    refuse('too big', { type: 'frag-needed', mtuBytes });
    return;
  }
  const sent: Buffer = { ...buffer, packet: { ...packet, ttl: packet.ttl - 1 }, isBalanced: true };
  const passed = visit(run, place, sent, { hook: 'OUTPUT', out: route.device });
  if (passed) outputPacket(run, place, passed, { route });
}
