import type { JsonObject } from '../../../engine/patch/json.ts';
import { labelsText, numberAt, objectAt, objectsAt, orNone, textAt, textsAt } from '../field-at.ts';
import { ageAt } from '../moment.ts';
import type { Table } from '../table.ts';

function externalAddress(service: JsonObject): string {
  const type = textAt(service, 'spec.type');
  const given = textsAt(service, 'spec.externalIPs');
  if (type === 'ExternalName') return textAt(service, 'spec.externalName');
  if (type !== 'LoadBalancer') return orNone(given.join(','));
  const balancers = objectsAt(service, 'status.loadBalancer.ingress').map((each) => textAt(each, 'ip') || textAt(each, 'hostname'));
  return [...[...new Set(balancers)].sort(), ...given].join(',') || '<pending>';
}

function portText(port: JsonObject): string {
  const nodePort = numberAt(port, 'nodePort');
  return `${textAt(port, 'port')}${nodePort > 0 ? `:${nodePort}` : ''}/${textAt(port, 'protocol')}`;
}

/** Models pkg/printers printService; addresses of load balancers are never cut short. */
export const serviceTable: Table = {
  columns: ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE', '+SELECTOR'],
  cells: (service, nowMs) => [
    service.metadata.name,
    textAt(service, 'spec.type'),
    textsAt(service, 'spec.clusterIPs')[0] ?? '<none>',
    externalAddress(service),
    orNone(
      objectsAt(service, 'spec.ports')
        .map((port) => portText(port))
        .join(','),
    ),
    ageAt(service, 'metadata.creationTimestamp', nowMs),
    labelsText(objectAt(service, 'spec.selector')),
  ],
};
