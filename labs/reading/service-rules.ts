import type { FieldReader } from './field-reader.ts';
import { address, dnsLabel, dnsSubdomain, legacyAddress, portName } from './name-rules.ts';

function checkPorts(spec: FieldReader): void {
  const ports = spec.at('ports').items();
  const names = new Set<string>();
  for (const port of ports) {
    const [name, number, target] = [port.at('name'), port.at('port'), port.at('targetPort')];
    if (name.text === '' && ports.length > 1)
      name.required('', { expected: 'a name for each port, since there are several', hint: 'SRV records and Ingresses tell ports apart by their names.' });
    if (name.text !== '') {
      name.follows(dnsLabel, { expected: 'one label, such as http' });
      if (names.has(name.text)) name.duplicate({ expected: 'another name for this port' });
      names.add(name.text);
    }
    if (number.isPresent) number.within(1, 65_535, 'a port between 1 and 65535');
    else number.invalid('must be between 1 and 65535, inclusive', { expected: 'a port between 1 and 65535' });
    const type = spec.at('type').text;
    if ((port.at('nodePort').number ?? 0) !== 0 && (type === '' || type === 'ClusterIP')) {
      port.at('nodePort').forbidden("may not be used when `type` is 'ClusterIP'", { expected: 'type NodePort or LoadBalancer, or no nodePort' });
    }
    target.within(1, 65_535, 'a port between 1 and 65535');
    if (typeof target.value === 'string') target.follows(portName, { expected: 'the name of a container port' });
  }
}

function checkExternalName(spec: FieldReader): void {
  const name = spec.at('externalName');
  for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const) {
    const reader = field === 'clusterIPs' && spec.at('clusterIP').text !== '' ? spec.at('clusterIP') : spec.at(field);
    if (reader.isPresent && (reader.text !== '' || reader.items().length > 0))
      reader.forbidden('may not be set for ExternalName services', { expected: 'no address: the name leads outside', hint: 'Remove this field.' });
  }
  if (name.text === '') name.required('', { expected: 'the name that the Service stands for, such as db.example.com' });
  else
    name.follows(
      dnsSubdomain,
      { expected: 'a domain name', hint: 'An address as externalName makes no usable record; use a Service without selector instead.' },
      name.text.replace(/\.$/u, ''),
    );
}

function checkClusterIps(spec: FieldReader): void {
  const type = spec.at('type').text;
  const single = spec.at('clusterIP');
  const several = spec.at('clusterIPs').items();
  const all = single.isPresent && single.text !== '' ? [single, ...several.slice(1)] : several;
  const [first] = several;
  if (first !== undefined && single.text !== '' && first.text !== single.text) {
    spec.at('clusterIPs').invalid('first value must match `clusterIP`', { expected: `${single.text} as the first address` });
  }
  const isHeadless = all[0]?.text === 'None';
  for (const reader of all) {
    if (reader.text === 'None') continue;
    reader.follows(legacyAddress, {
      expected: 'an IP address, or None for a headless Service',
      hint: 'Leave the field out, and the API server gives the Service an address.',
    });
  }
  if (isHeadless && all.length > 1) spec.at('clusterIPs').invalid("'None' must be the first and only value", { expected: 'None alone' });
  if (isHeadless && (type === 'LoadBalancer' || type === 'NodePort'))
    all[0]?.invalid(`may not be set to 'None' for ${type} services`, { expected: 'type ClusterIP for a headless Service' });
  if (spec.at('ports').items().length === 0 && !isHeadless)
    spec.at('ports').required('', { expected: 'at least one port', hint: 'Only headless and ExternalName Services may have none.' });
}

/**
 * The DNS parts of a Service: type, externalName, clusterIP, ports.
 * // Models ValidateService in pkg/apis/core/validation
 */
export function checkServiceSpec(spec: FieldReader): void {
  if (spec.at('type').text === 'ExternalName') checkExternalName(spec);
  else checkClusterIps(spec);
  checkPorts(spec);
}

/**
 * An EndpointSlice: its address type, addresses, hostnames and ports.
 * // Models ValidateEndpointSlice in pkg/apis/discovery/validation
 */
export function checkEndpointSlice(slice: FieldReader): void {
  const type = slice.at('addressType');
  if (!type.isPresent) type.required('', { expected: 'IPv4, IPv6 or FQDN' });
  for (const endpoint of slice.at('endpoints').items()) {
    const addresses = endpoint.at('addresses');
    if (addresses.items().length === 0) addresses.required('must contain at least 1 address', { expected: 'at least one address' });
    for (const each of addresses.items()) {
      if (type.text === 'FQDN') {
        each.follows(dnsSubdomain, { expected: 'a domain name' });
        continue;
      }
      each.follows(address, { expected: `an ${type.text} address` });
      if (address(each.text).length === 0 && type.isPresent && each.text.includes(':') !== (type.text === 'IPv6'))
        each.invalid(`must be an ${type.text} address`, { expected: `an ${type.text} address, as addressType says` });
    }
    const hostname = endpoint.at('hostname');
    if (hostname.text !== '') hostname.follows(dnsLabel, { expected: 'one label, without dots' });
  }
  for (const port of slice.at('ports').items()) {
    const name = port.at('name');
    if (name.text !== '') name.follows(dnsLabel, { expected: 'one label, such as http' });
    port.at('port').within(1, 65_535, 'a port between 1 and 65535');
  }
}
