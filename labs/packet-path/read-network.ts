import type { NetworkSettings, OutsideHost } from '../engine/network/cluster-network/cluster-network.ts';
import type { Listener } from '../engine/network/packet/topology.ts';
import type { SettingsReader } from '../reading/settings-reader.ts';
import { addressNumber, blockOf, isInBlock } from './addresses.ts';
import { proxyModes } from './input.ts';

/** What holds where the network text says nothing. */
export const usualSettings: NetworkSettings = {
  proxyMode: 'iptables',
  podNetwork: 'host-gw',
  clusterCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  lanCidr: '192.0.2.0/24',
  lanMtuBytes: 1500,
  hairpin: true,
  bridgeNetfilter: true,
};

/** A client on the internet, and a server. */
const usualOutside: readonly OutsideHost[] = [{ name: 'client', address: '198.51.100.7', on: 'internet', listeners: [{ protocol: 'tcp', port: 443 }] }];

/** Something that happened to the cluster before the packet, as the text names it. */
export type Happened =
  | { readonly kind: 'kube-proxy stopped'; readonly node: string }
  | { readonly kind: 'pod deleted' | 'pod not ready' | 'hairpin off'; readonly pod: string }
  | { readonly kind: 'bridge netfilter off'; readonly node: string }
  | { readonly kind: 'route'; readonly host: string; readonly to: string; readonly via: string; readonly present: boolean };

export interface WrittenNetwork {
  readonly settings: NetworkSettings;
  readonly outside: readonly OutsideHost[];
  /** Ports on which programs really listen, by name of pod or node. */
  readonly listens: Readonly<Record<string, readonly Listener[]>>;
  readonly happened: readonly Happened[];
}

type Path = readonly (string | number)[];
const outsideMax = 4;
const happenedMax = 20;
const listensMax = 20;

function readBlock(reader: SettingsReader, name: string, usual: string): string {
  const text = reader.text([name]);
  if (text === undefined) return usual;
  if (blockOf(text) === undefined)
    reader.wrong([name], `${JSON.stringify(text)} is not a block of IPv4 addresses`, `a block such as ${usual}`, 'Its address must be the first of the block.');
  return text;
}

function readBytes(reader: SettingsReader, name: string, min: number): number | undefined {
  const text = reader.text([name]);
  if (text === undefined) return undefined;
  const bytes = Number(text);
  if (Number.isInteger(bytes) && bytes >= min && bytes <= 9216) return bytes;
  reader.wrong([name], `${text} is no MTU`, `a number of bytes from ${min} to 9216`);
  return undefined;
}

function readAddress(reader: SettingsReader, path: Path): string {
  const text = reader.text(path) ?? '';
  if (addressNumber(text) === undefined)
    reader.wrong(path, text === '' ? 'an address is missing' : `${JSON.stringify(text)} is not an IPv4 address`, 'an address such as 192.0.2.50');
  return text;
}

/** `8080`, `8080/tcp` or `53/udp`. */
function readListener(reader: SettingsReader, path: Path, text: string): Listener | undefined {
  const [, port = '', protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp))?$/u.exec(text) ?? [];
  if (port !== '' && Number(port) > 0 && Number(port) < 65_536) return { port: Number(port), protocol: protocol === 'udp' ? 'udp' : 'tcp' };
  reader.wrong(path, `${JSON.stringify(text)} is no port`, 'a port such as 8080 or 53/udp');
  return undefined;
}

function readListeners(reader: SettingsReader, path: Path): readonly Listener[] {
  return (reader.texts(path, listensMax) ?? []).flatMap((text, index) => readListener(reader, [...path, index], text) ?? []);
}

function readOutside(reader: SettingsReader, lanCidr: string): readonly OutsideHost[] {
  const count = reader.length(['outside'], outsideMax);
  const lan = blockOf(lanCidr);
  return Array.from({ length: count }, (_, index): OutsideHost => {
    const path = ['outside', index];
    reader.onlyFields(path, ['name', 'address', 'at', 'listens']);
    const name = reader.text([...path, 'name']) ?? `outside-${index + 1}`;
    if (!/^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$/u.test(name))
      reader.wrong([...path, 'name'], `${JSON.stringify(name)} is not a name for a machine`, 'lower case letters, digits and hyphens');
    const address = readAddress(reader, [...path, 'address']);
    const isNear = lan !== undefined && isInBlock(lan, address);
    const on = reader.choice([...path, 'at'], ['lan', 'internet']) ?? (isNear ? 'lan' : 'internet');
    if (addressNumber(address) !== undefined && isNear !== (on === 'lan'))
      reader.wrong(
        [...path, 'address'],
        isNear ? 'this is an address of the nodes’ own network' : 'this is no address of the nodes’ own network',
        isNear ? 'at: lan' : `an address of ${lanCidr}, or at: internet`,
      );
    return { name, address, on, listeners: readListeners(reader, [...path, 'listens']) };
  });
}

const events = ['kubeProxyStopped', 'podDeleted', 'podNotReady', 'hairpinOff', 'bridgeNetfilterOff', 'routeRemoved', 'routeAdded'] as const;

function readRoute(reader: SettingsReader, path: Path, present: boolean): Happened {
  reader.onlyFields(path, present ? ['host', 'to', 'via'] : ['host', 'to']);
  const [host = '', to = ''] = [reader.text([...path, 'host']), reader.text([...path, 'to'])];
  if (host === '') reader.wrong(path, 'whose route?', 'host: node-a');
  if (blockOf(to) === undefined) reader.wrong([...path, 'to'], `${JSON.stringify(to)} is not a block of IPv4 addresses`, 'a block such as 10.244.2.0/24');
  return { kind: 'route', host, to, via: present ? readAddress(reader, [...path, 'via']) : '', present };
}

function readHappened(reader: SettingsReader, index: number): readonly Happened[] {
  const path = ['happened', index];
  const [event, ...others] = reader.keys(path);
  const known = events.find((each) => each === event);
  if (known === undefined || others.length > 0) {
    reader.wrong(path, event === undefined ? 'nothing happened here' : 'one thing a line', `one of ${events.join(', ')}`);
    return [];
  }
  const at = [...path, known];
  if (known === 'routeRemoved' || known === 'routeAdded') return [readRoute(reader, at, known === 'routeAdded')];
  const name = reader.text(at) ?? '';
  switch (known) {
    case 'kubeProxyStopped':
      return [{ kind: 'kube-proxy stopped', node: name }];
    case 'bridgeNetfilterOff':
      return [{ kind: 'bridge netfilter off', node: name }];
    case 'podDeleted':
      return [{ kind: 'pod deleted', pod: name }];
    case 'podNotReady':
      return [{ kind: 'pod not ready', pod: name }];
    case 'hairpinOff':
      return [{ kind: 'hairpin off', pod: name }];
  }
}

/** The network part: every field may be left out. Names of pods and machines are looked up later. */
export function readNetwork(reader: SettingsReader): WrittenNetwork {
  reader.onlyFields(
    [],
    ['podNetwork', 'proxyMode', 'podMTU', 'hairpin', 'bridgeNetfilter', 'clusterCIDR', 'serviceCIDR', 'lanCIDR', 'lanMTU', 'outside', 'listens', 'happened'],
  );
  const podMtuBytes = readBytes(reader, 'podMTU', 576);
  const settings: NetworkSettings = {
    proxyMode: reader.choice(['proxyMode'], proxyModes) ?? usualSettings.proxyMode,
    podNetwork: reader.choice(['podNetwork'], ['host-gw', 'vxlan']) ?? usualSettings.podNetwork,
    clusterCidr: readBlock(reader, 'clusterCIDR', usualSettings.clusterCidr),
    serviceCidr: readBlock(reader, 'serviceCIDR', usualSettings.serviceCidr),
    lanCidr: readBlock(reader, 'lanCIDR', usualSettings.lanCidr),
    lanMtuBytes: readBytes(reader, 'lanMTU', 626) ?? usualSettings.lanMtuBytes,
    ...(podMtuBytes !== undefined && { podMtuBytes }),
    hairpin: reader.truth(['hairpin']) ?? usualSettings.hairpin,
    bridgeNetfilter: reader.truth(['bridgeNetfilter']) ?? usualSettings.bridgeNetfilter,
  };
  const outside = readOutside(reader, settings.lanCidr);
  const listens = Object.fromEntries(
    reader
      .keys(['listens'])
      .slice(0, listensMax)
      .map((name) => [name, readListeners(reader, ['listens', name])]),
  );
  const happened = Array.from({ length: reader.length(['happened'], happenedMax) }, (_, index) => index).flatMap((index) => readHappened(reader, index));
  return { settings, outside: reader.keys([]).includes('outside') ? outside : usualOutside, listens, happened };
}
