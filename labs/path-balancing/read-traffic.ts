import type { SettingsReader } from '../reading/settings-reader.ts';
import { balancers, limits, sources, type BalancedService, type ClusterInput, type Traffic } from './input.ts';
import { readNumber } from './read-numbers.ts';

const fields = ['from', 'nodes', 'loadBalancer', 'clients', 'connectionsPerClient', 'requestsPerConnection', 'requests', 'secondsBetweenRequests'];
/** More than affinity lasts: so that a client can come back too late. */
const secondsBetweenMax = 20_000;

function readUse(reader: SettingsReader): number | null {
  const path = ['requestsPerConnection'];
  return reader.text(path) === 'unlimited' ? null : (readNumber(reader, path, { min: 1, max: limits.requests }) ?? 1);
}

/** The traffic part: who asks, from where, over which connections, how often. */
export function readTraffic(reader: SettingsReader, cluster: ClusterInput, service: BalancedService | undefined): Traffic {
  reader.onlyFields([], fields);
  const from = reader.choice(['from'], sources) ?? 'pods';
  const type = service?.spec.type ?? 'ClusterIP';
  if (from === 'internet' && type === 'ClusterIP')
    reader.wrong(['from'], 'nobody outside reaches a Service of type ClusterIP', 'from: pods', 'Or give the Service type: LoadBalancer or NodePort.');
  const names = cluster.nodes.map(({ name }) => name);
  const nodes = reader.texts(['nodes'], limits.nodes) ?? names.slice(0, 1);
  nodes.forEach((name, index) => {
    if (!names.includes(name)) reader.wrong(['nodes', index], `there is no node ${JSON.stringify(name)}`, `one of ${names.join(', ')}`);
  });
  if (nodes.length === 0) reader.wrong(['nodes'], 'the callers run on no node', `one or more of ${names.join(', ')}`);
  const clients = readNumber(reader, ['clients'], { min: 1, max: limits.clients }) ?? 1;
  const connectionsPerClient = readNumber(reader, ['connectionsPerClient'], { min: 1, max: limits.connections }) ?? 1;
  if (clients * connectionsPerClient > limits.connections)
    reader.wrong(
      ['connectionsPerClient'],
      `${String(clients * connectionsPerClient)} open connections are too many for this lab`,
      `clients times connectionsPerClient at most ${String(limits.connections)}`,
    );
  return {
    from,
    nodes,
    loadBalancer: reader.choice(['loadBalancer'], balancers) ?? 'healthy nodes',
    clients,
    connectionsPerClient,
    requestsPerConnection: readUse(reader),
    requests: readNumber(reader, ['requests'], { min: 1, max: limits.requests }) ?? 1000,
    msBetweenRequests: Math.round(1000 * (readNumber(reader, ['secondsBetweenRequests'], { min: 0.001, max: secondsBetweenMax }, false) ?? 0.1)),
  };
}
