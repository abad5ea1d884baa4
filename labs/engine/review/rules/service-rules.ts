import { dnsLabel, dnsSubdomain } from '../../../reading/name-rules.ts';
import { fieldOf, type JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { duplicate, forbidden, invalidValue, required, unsupported } from '../field-causes.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../read-fields.ts';
import { labelCauses, nameCauses } from './name-causes.ts';
import { portNumberCauses, portOrNameCauses } from './number-causes.ts';

const protocols = ['SCTP', 'TCP', 'UDP'];
const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const affinities = ['ClientIP', 'None'];

function portsCauses(ports: readonly JsonObject[]): readonly FieldCause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = `spec.ports[${index}]`;
    const [name, protocol] = [textAt(port, 'name'), textAt(port, 'protocol')];
    const isRepeated = name !== '' && names.has(name);
    names.add(name);
    return [
      ...(name === '' && ports.length > 1 ? [required(`${path}.name`)] : []),
      ...(name === '' ? [] : nameCauses(dnsLabel, `${path}.name`, name)),
      ...(isRepeated ? [duplicate(`${path}.name`, name)] : []),
      ...portNumberCauses(`${path}.port`, numberAt(port, 'port') ?? 0),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${path}.protocol`, protocol, protocols)]),
      ...portOrNameCauses(`${path}.targetPort`, fieldOf(port, 'targetPort') ?? 0),
    ];
  });
}

/** A port that stands twice, as the API server prints it: only what makes it the same. */
function repeatedPortCauses(ports: readonly JsonObject[]): readonly FieldCause[] {
  const keys = ports.map((port) => `${textAt(port, 'protocol')}/${numberAt(port, 'port') ?? 0}`);
  return ports.flatMap((port, index) => {
    if (keys.indexOf(keys[index] ?? '') === index) return [];
    const shown = { Name: '', Protocol: textAt(port, 'protocol'), AppProtocol: null, Port: numberAt(port, 'port') ?? 0, TargetPort: 0, NodePort: 0 };
    return [duplicate(`spec.ports[${index}]`, shown)];
  });
}

/** The first and the last address that Services get: `--service-cluster-ip-range=10.96.0.0/12`. */
const serviceRange = { text: '10.96.0.0/12', first: 0x0a600000, last: 0x0a6fffff };

function addressCauses(address: string): readonly FieldCause[] {
  const bytes = /^\d+\.\d+\.\d+\.\d+$/u.test(address) ? address.split('.').map(Number) : [];
  if (bytes.length === 0 || bytes.some((byte) => byte > 255)) return [];
  const value = bytes.reduce((total, byte) => total * 256 + byte, 0);
  const { text, first, last } = serviceRange;
  if (value >= first && value <= last) return [];
  const detail = `failed to allocate IP ${address}: the provided IP (${address}) is not in the valid range. The range of valid IPs is ${text}`;
  return [invalidValue('spec.clusterIPs', [address], detail)];
}

function externalNameCauses(spec: JsonObject): readonly FieldCause[] {
  const name = textAt(spec, 'externalName');
  return name === '' ? [required('spec.externalName')] : nameCauses(dnsSubdomain, 'spec.externalName', name.replace(/\.$/u, ''));
}

/** What is wrong with a Service's spec. Models pkg/apis/core/validation ValidateService: ports, type, selector, affinity and the range of addresses. */
export function serviceSpecCauses(spec: JsonObject): readonly FieldCause[] {
  const [type, affinity, address] = [textAt(spec, 'type'), textAt(spec, 'sessionAffinity'), textAt(spec, 'clusterIP')];
  const ports = objectsAt(spec, 'ports');
  const causes = [
    ...(ports.length === 0 && address !== 'None' && type !== 'ExternalName' ? [required('spec.ports')] : []),
    ...(type === 'ExternalName' ? externalNameCauses(spec) : []),
    ...portsCauses(ports),
    ...labelCauses('spec.selector', objectAt(spec, 'selector')),
    ...(affinities.includes(affinity) ? [] : [unsupported('spec.sessionAffinity', affinity, affinities)]),
    ...(types.includes(type) ? [] : [unsupported('spec.type', type, types)]),
    ...ports.flatMap((port, index) =>
      type === 'ClusterIP' && (numberAt(port, 'nodePort') ?? 0) !== 0
        ? [forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")]
        : [],
    ),
    ...repeatedPortCauses(ports),
  ];
  // An address is asked for only once the Service is right.
  return causes.length > 0 ? causes : addressCauses(address);
}
